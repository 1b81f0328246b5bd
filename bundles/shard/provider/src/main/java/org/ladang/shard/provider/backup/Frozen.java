package org.ladang.shard.provider.backup;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** All shards as they were at one moment. Takes up a connection of each shard until it is closed. For one thread. */
public interface Frozen extends AutoCloseable {
  /**
   * What was copied.
   *
   * @param rows in all tables
   * @param last the number of the last write
   */
  record Copied(long rows, long last) {}

  /** The moment. */
  Instant at();

  /** How long writers were held off. */
  long heldNanos();

  /** The cluster's name. */
  String cluster();

  /** The shards that have files, in their order. */
  List<String> shards();

  /** Makes a file, complete and closed, that can be both the primary and the replica of the shard. */
  Copied copy(String shard, Path file);

  /** Makes the catalogue's file. */
  void catalogue(Path file);

  @Override
  void close();
}
