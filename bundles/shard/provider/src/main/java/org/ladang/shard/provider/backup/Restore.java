package org.ladang.shard.provider.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ladang.kernel.LadangException;

/** Puts a backup in the place of the present shards, after every byte of it was found to be what was written. */
final class Restore {
  private final BackupSource source;
  private final SafeFiles files;
  private final BackupWatch watch;

  Restore(BackupSource source, BackupWatch watch) {
    this.source = source;
    this.files = new SafeFiles(watch);
    this.watch = watch;
  }

  void put(BackupSet set) throws IOException {
    verify(set);
    Exchange exchange = new Exchange(source.places(), watch);
    stage(set, exchange);
    exchange.commit(set.rowsByShard());
    try {
      source.exchange(exchange);
    } catch (LadangException e) {
      throw e.code().equals("LADANG-SHARD-034") ? e : BackupRefusals.notRestored(e);
    }
  }

  private static void verify(BackupSet set) throws IOException {
    if (set.files().stream().noneMatch(f -> f.shard().isEmpty())) {
      throw BackupRefusals.damaged(set.folder(), "it names no catalogue", null);
    }
    for (BackupSet.Entry file : set.files()) {
      Path path = set.folder().resolve(file.name());
      if (!Files.isRegularFile(path)) {
        throw BackupRefusals.damaged(set.folder(), file.name() + " is missing", null);
      }
      if (!SafeFiles.sha256(path).equals(file.sha256())) {
        throw BackupRefusals.damaged(
            set.folder(), file.name() + " is not what was written (its SHA-256 differs)", null);
      }
    }
  }

  private void stage(BackupSet set, Exchange exchange) throws IOException {
    Path shards = exchange.stagedShards();
    files.deleteTree(shards);
    Files.createDirectories(shards);
    Optional<Path> replicas = exchange.stagedReplicas();
    if (replicas.isPresent()) {
      files.deleteTree(replicas.get());
      Files.createDirectories(replicas.get());
    }
    for (BackupSet.Entry file : set.files()) {
      if (file.shard().isEmpty()) {
        copy(set, file, shards.resolve(BackupSet.CATALOGUE));
        continue;
      }
      String shard = file.shard().get();
      copy(set, file, shards.resolve(shard).resolve("primary.mv.db"));
      if (replicas.isPresent()) {
        copy(set, file, replicas.get().resolve(shard).resolve("replica.mv.db"));
      }
    }
    files.force(shards);
    if (replicas.isPresent()) {
      files.force(replicas.get());
    }
  }

  /** What was verified and what is copied may differ, on a bad disk: the sum of what was read now counts. */
  private void copy(BackupSet set, BackupSet.Entry file, Path to) throws IOException {
    if (!files.copy(set.folder().resolve(file.name()), to).equals(file.sha256())) {
      throw BackupRefusals.damaged(
          set.folder(), file.name() + " is not what was written (its SHA-256 differs)", null);
    }
    files.force(to.getParent());
  }
}
