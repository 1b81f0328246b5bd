package org.ladang.kernel.provider.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangPlugin;
import org.ladang.kernel.State;
import org.ladang.kernel.provider.disk.Disk;
import org.ladang.kernel.provider.disk.DiskFile;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.DataFolders;
import org.osgi.framework.Version;

/**
 * The folders of plugins, and what is known of them: for each plugin the last number given, the folder in use, and who
 * made which from what. A copy is complete and durable before it gets its name; a cut before that leaves rubbish that
 * {@link #tidy} takes away, and the former folder as it was.
 */
final class PluginFolders implements DataFolders {
  private static final String UNFINISHED = ".unfinished-";
  private static final String IN_USE = "inUse";
  private static final String LEFT_BY = "leftBy";
  private static final String LAST = "last";

  private final Path root;
  private final State state;
  private final Disk disk;

  /**
   * Folders below {@code root}.
   *
   * @param state remembers who made them
   */
  PluginFolders(Path root, State state, Disk disk) {
    this.root = root;
    this.state = state;
    this.disk = disk;
  }

  /** Who made a folder by a migration, from which one. */
  private record Made(String version, boolean oneWay, String from) {
    Map<String, Object> json() {
      return Map.of("version", version, "oneWay", oneWay, "from", from);
    }
  }

  @Override
  public String current(String plugin) {
    return known(plugin).get(IN_USE) instanceof String folder ? folder : plugin;
  }

  @Override
  public Optional<String> leftBy(String plugin) {
    return known(plugin).get(LEFT_BY) instanceof String version
        ? Optional.of(version)
        : Optional.empty();
  }

  @Override
  public String next(String plugin) {
    return plugin + "@" + (last(known(plugin)) + 1);
  }

  @Override
  public String readable(String plugin, String folder, String version) {
    String at = folder;
    for (Optional<Made> made = made(plugin, at);
        made.isPresent() && made.get().oneWay() && isBefore(version, made.get().version());
        made = made(plugin, at)) {
      at = made.get().from();
      if (!disk.exists(root.resolve(at))) {
        throw new LadangException(
                "LADANG-SWAP-030",
                plugin
                    + " "
                    + made.get().version()
                    + " has changed the plugin's files so that "
                    + version
                    + " cannot read them, and no copy from before is kept.")
            .next("Go on with " + made.get().version() + " or later.");
      }
    }
    return at;
  }

  /** Where the files of a plugin's bundle lie. */
  Path path(BundleEntry entry) {
    return root.resolve(entry.data());
  }

  boolean exists(BundleEntry entry) {
    return disk.exists(path(entry));
  }

  /** Copies the files of one version for the next, under a name that nobody uses; {@link #adopt} gives them theirs. */
  Path copy(BundleEntry from, BundleEntry to) throws IOException {
    Path copy = unfinished(to);
    delete(copy);
    Path source = path(from);
    if (Files.isDirectory(source)) {
      copyTree(source, copy);
    } else {
      disk.createFolders(copy);
    }
    return copy;
  }

  /** A migrated copy gets its name, durably. */
  void adopt(BundleEntry from, BundleEntry to, LadangPlugin.Migration migration)
      throws IOException {
    Path copy = unfinished(to);
    try (Stream<Path> all = Files.walk(copy)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        force(each);
      }
    }
    Made made = new Made(to.version(), migration == LadangPlugin.Migration.ONE_WAY, from.data());
    update(
        to.name(),
        known -> {
          known.put(LAST, last(known) + 1);
          known.put(to.data(), made.json());
        });
    disk.move(copy, path(to));
    disk.forceFolder(root);
  }

  /** A copy that came to nothing goes. */
  void drop(BundleEntry to) throws IOException {
    delete(unfinished(to));
  }

  /** A bundle serves with its files. */
  void serves(BundleEntry entry) {
    if (!current(entry.name()).equals(entry.data()) || leftBy(entry.name()).isPresent()) {
      update(
          entry.name(),
          known -> {
            known.put(IN_USE, entry.data());
            known.remove(LEFT_BY);
          });
    }
  }

  /** A bundle was removed; whether its files are its own kind is to be known when another version comes. */
  void left(BundleEntry entry) {
    if (hasFiles(entry)) {
      update(
          entry.name(),
          known -> {
            known.put(IN_USE, entry.data());
            known.put(LEFT_BY, entry.version());
          });
    }
  }

  private boolean hasFiles(BundleEntry entry) {
    try {
      return exists(entry) && !disk.list(path(entry)).isEmpty();
    } catch (IOException e) {
      return true; // Rather once too often than a migration too few.
    }
  }

  private void update(String plugin, Consumer<Map<String, Object>> change) {
    state.update(
        plugin,
        before -> {
          Map<String, Object> known = copyOf(before);
          change.accept(known);
          return known;
        });
  }

  /**
   * Deletes copies that nobody can go back to. For the start only.
   *
   * @param named the folders that kept generations name
   */
  void tidy(Set<String> named) throws IOException {
    if (!disk.exists(root)) {
      return;
    }
    for (Path folder : disk.list(root)) {
      String name = folder.getFileName().toString();
      int at = name.indexOf('@');
      boolean unused =
          at > 0 && !named.contains(name) && !current(name.substring(0, at)).equals(name);
      if (unused || name.startsWith(UNFINISHED)) {
        delete(folder);
      }
    }
  }

  private Path unfinished(BundleEntry entry) {
    return root.resolve(UNFINISHED + entry.data());
  }

  private Map<String, Object> known(String plugin) {
    return copyOf(state.get(plugin).orElse(null));
  }

  private static Map<String, Object> copyOf(Object json) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (json instanceof Map<?, ?> map) {
      map.forEach((key, value) -> copy.put(key.toString(), value));
    }
    return copy;
  }

  private static long last(Map<String, Object> known) {
    return known.get(LAST) instanceof Number number ? number.longValue() : 0;
  }

  private Optional<Made> made(String plugin, String folder) {
    return known(plugin).get(folder) instanceof Map<?, ?> json
        ? Optional.of(
            new Made(
                String.valueOf(json.get("version")),
                Boolean.TRUE.equals(json.get("oneWay")),
                String.valueOf(json.get("from"))))
        : Optional.empty();
  }

  private static boolean isBefore(String version, String other) {
    return Version.parseVersion(version).compareTo(Version.parseVersion(other)) < 0;
  }

  private void force(Path each) throws IOException {
    if (Files.isDirectory(each)) {
      disk.forceFolder(each);
    } else if (Files.isRegularFile(each)) {
      try (DiskFile file = disk.open(each)) {
        file.force();
      }
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      all.forEach(
          each -> {
            try {
              Files.copy(
                  each, to.resolve(from.relativize(each)), StandardCopyOption.COPY_ATTRIBUTES);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void delete(Path tree) throws IOException {
    if (Files.notExists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failed)
              throws IOException {
            if (failed != null) {
              throw failed;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
