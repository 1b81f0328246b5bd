package org.ladang.deploy.provider;

import java.util.Optional;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangPlugin.Migration;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.DataFolders;
import org.ladang.kernel.swap.Generations.Content;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;
import org.osgi.framework.Version;

/** Which folder of files a plugin's version gets: its former's, a migrated copy, or the one from before a migration. */
final class PluginFiles {
  private final DataFolders folders;

  PluginFiles(DataFolders folders) {
    this.folders = folders;
  }

  /**
   * A candidate with its folder.
   *
   * @throws LadangException when no folder is kept whose files it can read
   */
  Candidate placed(Candidate candidate, Content content) {
    Passport passport = candidate.passport();
    if (passport.kind() != Kind.PLUGIN) {
      return candidate;
    }
    Optional<BundleEntry> former = Effects.find(content, passport.symbolicName());
    Optional<String> before =
        former.map(BundleEntry::version).or(() -> folders.leftBy(passport.name()));
    String folder = former.map(BundleEntry::data).orElseGet(() -> folders.current(passport.name()));
    boolean migrates =
        passport.migration() != Migration.NONE
            && before.filter(version -> compare(version, passport.version()) < 0).isPresent();
    return candidate.withData(
        migrates
            ? folders.next(passport.name())
            : folders.readable(passport.name(), folder, passport.version()));
  }

  /**
   * What a plugin goes back to, with its folder: later files where it can read them, else those from its own time.
   *
   * @throws LadangException when these are no longer kept
   */
  BundleEntry back(Optional<BundleEntry> now, BundleEntry target) {
    if (target.kind() != Kind.PLUGIN || now.isEmpty()) {
      return target;
    }
    int order = compare(target.version(), now.get().version());
    return order > 0
        ? target
        : target.withData(folders.readable(target.name(), now.get().data(), target.version()));
  }

  private static int compare(String version, String other) {
    return Version.parseVersion(version).compareTo(Version.parseVersion(other));
  }
}
