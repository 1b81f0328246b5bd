package org.ladang.shard.provider.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ladang.kernel.LadangException;

/** The backups in one folder. Only folders with our names are ever deleted. */
final class BackupSets {
  /** Which backups are kept: the newest ones, and those that are younger than a time. */
  record Policy(int newest, Duration younger) {}

  /** A backup, or why it is none. */
  record Found(Path folder, Optional<BackupSet> set, String problem) {}

  private static final String PREFIX = "shards-";
  private static final String PART = ".part";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  private final Path folder;
  private final SafeFiles files;

  BackupSets(Path folder, SafeFiles files) {
    this.folder = folder;
    this.files = files;
  }

  /** Where a set of that moment is to be made; the folder's name is that of the set and {@code .part}. */
  Path fresh(Instant at) throws IOException {
    Files.createDirectories(folder);
    Path part = folder.resolve(PREFIX + NAME.format(at) + PART);
    files.deleteTree(part);
    return Files.createDirectory(part);
  }

  /** The set is complete: it gets its name. */
  Path named(Path part) throws IOException {
    String name = part.getFileName().toString();
    Path set = part.resolveSibling(name.substring(0, name.length() - PART.length()));
    files.move(part, set);
    return set;
  }

  /** All backups, the newest first. */
  List<Found> list() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Found> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : (Iterable<Path>) entries.filter(this::ours)::iterator) {
        if (!entry.getFileName().toString().endsWith(PART)) {
          found.add(look(entry));
        }
      }
    }
    found.sort(Comparator.comparing((Found f) -> f.folder().getFileName().toString()).reversed());
    return found;
  }

  private boolean ours(Path entry) {
    return entry.getFileName().toString().startsWith(PREFIX) && Files.isDirectory(entry);
  }

  private static Found look(Path entry) {
    try {
      BackupSet set = BackupSet.read(entry);
      for (BackupSet.Entry file : set.files()) {
        Path path = entry.resolve(file.name());
        if (!Files.exists(path) || Files.size(path) != file.bytes()) {
          return new Found(
              entry, Optional.of(set), file.name() + " is missing or has another size.");
        }
      }
      return new Found(entry, Optional.of(set), "");
    } catch (LadangException | IOException e) {
      return new Found(entry, Optional.empty(), e.getMessage());
    }
  }

  /**
   * Deletes what the policy does not keep, and what backups that were cut off have left. Sets that are not complete are
   * neither counted nor deleted: somebody may want to look.
   */
  List<String> prune(Policy policy, Instant now) throws IOException {
    List<String> deleted = new ArrayList<>();
    int kept = 0;
    for (Found found : list()) {
      if (found.set().isEmpty() || !found.problem().isEmpty()) {
        continue;
      }
      BackupSet set = found.set().get();
      boolean keep = kept < policy.newest() || set.at().isAfter(now.minus(policy.younger()));
      if (keep) {
        kept++;
      } else {
        delete(found.folder());
        deleted.add(set.name());
      }
    }
    if (Files.isDirectory(folder)) {
      List<Path> parts;
      try (Stream<Path> entries = Files.list(folder)) {
        parts =
            entries
                .filter(this::ours)
                .filter(e -> e.getFileName().toString().endsWith(PART))
                .toList();
      }
      for (Path part : parts) {
        files.deleteTree(part);
      }
    }
    return deleted;
  }

  /** First takes its name away, so that a set of which only a part is deleted is no set. */
  private void delete(Path set) throws IOException {
    Path part = set.resolveSibling(set.getFileName() + PART);
    files.move(set, part);
    files.deleteTree(part);
  }
}
