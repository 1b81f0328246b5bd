package org.ladang.deploy.provider;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.DataFolders;

/** Folders without files: what migrations made is told to it. */
final class FakeFolders implements DataFolders {
  final Map<String, String> current = new HashMap<>();
  final Map<String, String> left = new HashMap<>();
  private final Map<String, Made> made = new HashMap<>();

  private record Made(String version, boolean oneWay, String from) {}

  /** A migration to that version made this folder from another. */
  void migrated(String folder, String version, boolean oneWay, String from) {
    made.put(folder, new Made(version, oneWay, from));
  }

  @Override
  public String current(String plugin) {
    return current.getOrDefault(plugin, plugin);
  }

  @Override
  public Optional<String> leftBy(String plugin) {
    return Optional.ofNullable(left.get(plugin));
  }

  @Override
  public String next(String plugin) {
    return plugin + "@" + (made.size() + 1);
  }

  @Override
  public String readable(String plugin, String folder, String version) {
    Made maker = made.get(folder);
    if (maker == null || !maker.oneWay() || version.compareTo(maker.version()) >= 0) {
      return folder;
    }
    if (maker.from().isEmpty()) {
      throw new LadangException("LADANG-SWAP-030", plugin + " has no copy for " + version + ".");
    }
    return maker.from();
  }
}
