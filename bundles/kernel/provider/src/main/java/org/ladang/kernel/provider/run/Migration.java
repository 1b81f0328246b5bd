package org.ladang.kernel.provider.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a plugin's files into a new version's form: on a copy, while no version runs, before its context comes. */
final class Migration {
  private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

  private final PluginFolders folders;
  private final UpgradeHooks hooks;

  Migration(PluginFolders folders, UpgradeHooks hooks) {
    this.folders = folders;
    this.hooks = hooks;
  }

  /** Whether two versions keep their files in different folders, and so cannot run beside each other. */
  static boolean separates(Resident.Occupant old, BundleEntry entry) {
    return old != null && !old.entry().data().equals(entry.data());
  }

  /** Whether that folder has yet to be made from a former version's. */
  boolean needed(Resident.Occupant old, BundleEntry entry) {
    return entry.kind() == Kind.PLUGIN
        && source(old, entry).filter(from -> !from.data().equals(entry.data())).isPresent()
        && !folders.exists(entry);
  }

  /** The version whose files are there: the one in the place, or the one that was removed last. */
  private Optional<BundleEntry> source(Resident.Occupant old, BundleEntry entry) {
    return old != null
        ? Optional.of(old.entry())
        : folders
            .leftBy(entry.name())
            .map(
                version ->
                    new BundleEntry(
                        entry.symbolicName(),
                        entry.name(),
                        entry.kind(),
                        version,
                        "",
                        false,
                        "",
                        folders.current(entry.name())));
  }

  /**
   * Copies, lets the started bundle migrate the copy, and opens its context.
   *
   * @throws LadangException when it does not succeed: the former version's files are as they were
   */
  void run(Resident.Occupant old, Resident.Occupant next) {
    BundleEntry to = next.entry();
    BundleEntry from = source(old, to).orElseThrow();
    try {
      Path copy = folders.copy(from, to);
      try {
        hooks.migrate(next, from.version(), copy);
        folders.adopt(from, to, next.passport().migration());
      } finally {
        dropLeftover(to);
      }
    } catch (IOException e) {
      throw new LadangException(
              "LADANG-SWAP-031",
              "The files of "
                  + from.name()
                  + " "
                  + from.version()
                  + " could not be copied for "
                  + to.version()
                  + ": "
                  + e
                  + ".",
              e)
          .next("Check the disk's space and the rights of data/plugins.");
    }
    next.context().open();
  }

  private void dropLeftover(BundleEntry to) {
    try {
      folders.drop(to);
    } catch (IOException e) {
      LOG.warn("an unfinished copy of {}'s files stays until the next start", to.name(), e);
    }
  }
}
