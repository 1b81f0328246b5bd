package org.ladang.shard.provider.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes a backup: each shard's rows as they were at one moment, copied into new files while writing goes on. */
final class Backup {
  /** What was made. */
  record Made(BackupSet set, long heldNanos) {}

  private final BackupSource source;
  private final SafeFiles files;

  Backup(BackupSource source, SafeFiles files) {
    this.source = source;
    this.files = files;
  }

  Made take(BackupSets sets) throws IOException {
    try (Frozen frozen = source.freeze()) {
      Path part = sets.fresh(frozen.at());
      List<BackupSet.Entry> entries = new ArrayList<>();
      for (String shard : frozen.shards()) {
        Path file = part.resolve(shard + ".mv.db");
        Frozen.Copied copied = frozen.copy(shard, file);
        entries.add(entry(file, Optional.of(shard), copied.rows()));
      }
      Path catalogue = part.resolve(BackupSet.CATALOGUE);
      frozen.catalogue(catalogue);
      entries.add(entry(catalogue, Optional.empty(), 0));
      BackupSet set = new BackupSet(part, frozen.at(), frozen.cluster(), List.copyOf(entries));
      files.write(part.resolve(BackupSet.MANIFEST), set.json());
      Path named = sets.named(part);
      return new Made(
          new BackupSet(named, set.at(), set.cluster(), set.files()), frozen.heldNanos());
    }
  }

  private BackupSet.Entry entry(Path file, Optional<String> shard, long rows) throws IOException {
    files.reached(BackupStep.COPIED, file);
    files.force(file);
    return new BackupSet.Entry(
        file.getFileName().toString(), shard, Files.size(file), SafeFiles.sha256(file), rows);
  }
}
