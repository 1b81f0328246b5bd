package org.ladang.shard.provider;

import java.nio.file.Path;
import java.sql.SQLException;

/** A copy of a shard as it was at one moment, while writing goes on. Takes up a connection until it is closed. */
interface Snapshot extends AutoCloseable {
  /** The number of the last outbox entry then; of a replica, the one up to which it followed. */
  long last();

  /**
   * Makes a new file of it, complete and closed, which can be both copies of the shard: its outbox is empty but for the
   * number, and it follows up to there.
   *
   * @return how many rows were copied
   */
  long copyTo(Path file) throws SQLException;

  @Override
  void close();
}
