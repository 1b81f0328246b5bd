package org.ladang.kernel.swap;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The folders of plugins in {@code data/plugins/}, by name. A plugin's first one has the plugin's name; each migration
 * makes another, {@code name@1}, {@code name@2}, and leaves the former as it was, so that there is something to go back
 * to. Safe for any thread.
 */
@ProviderType
public interface DataFolders {
  /** The folder that a plugin used last. */
  String current(String plugin);

  /** The version whose files lie there since the plugin was removed; empty where it left none. */
  Optional<String> leftBy(String plugin);

  /** The name of the folder that the plugin's next migration makes. */
  String next(String plugin);

  /**
   * Where a version finds files that it can read, when the plugin's files are in {@code folder} now: that folder, or the
   * one from before a one-way migration to a later version.
   *
   * @throws org.ladang.kernel.LadangException {@code LADANG-SWAP-030} when that one is no longer kept
   */
  String readable(String plugin, String folder, String version);
}
