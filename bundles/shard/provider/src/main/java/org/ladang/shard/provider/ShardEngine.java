package org.ladang.shard.provider;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.shard.Field;
import org.ladang.shard.Group;
import org.ladang.shard.Table;

/**
 * Stores the rows of one copy of a shard: what a storage has to do, and the only place that knows SQL. Arguments are
 * checked before. Safe for any thread. Failures are SQL's; the shard gives them their meaning.
 */
interface ShardEngine {
  /** The name of the shard in this file; empty when the file is no shard. */
  String identity();

  /** The declared tables by name. */
  Map<String, Table> tables() throws SQLException;

  /** Refuses when rows contradict the declaration; changes nothing. */
  void probe(Table wanted, Optional<Table> before) throws SQLException;

  /**
   * Makes a table, or adds columns and indexes to it and fills the columns from the documents. May be repeated after a
   * failure. Nobody else uses the engine meanwhile.
   *
   * @param before the declaration so far; {@code wanted} has all its fields with the same type
   */
  void declare(Table wanted, Optional<Table> before) throws SQLException;

  /**
   * Writes in one transaction, the changes of one owner all or none; returns when they are safe from a kill. One writer
   * at a time where the outbox is used.
   *
   * @throws StaleRoute when a bucket is not at home here with the epoch of the writer's map; nothing has changed
   */
  Committed write(List<Change> changes, WriteTerms terms) throws SQLException;

  /** One row. */
  Optional<StoredRow> get(Table table, String owner, String id) throws SQLException;

  /** The row of a bucket that has this id, whoever its owner is. */
  Optional<StoredRow> find(Table table, int bucket, String id) throws SQLException;

  /** Rows in the order of their keys; may end early, but never empty, to bound what is held in memory. */
  Rows scan(Table table, Range range) throws SQLException;

  /** How many rows, of one owner or of all. */
  long count(Table table, Optional<String> owner) throws SQLException;

  /** The sizes of groups, the largest first, at most {@code max}. */
  List<Group> countBy(Table table, Field field, int max) throws SQLException;

  /** Makes rows what they are on the other copy, in one transaction, and notes up to which outbox entry that is. */
  void apply(List<RowState> rows, long upTo) throws SQLException;

  /** The outbox entry up to which this copy follows the other one. */
  long applied() throws SQLException;

  /** The number of the newest outbox entry; 0 when there never was one. */
  long lastEntry() throws SQLException;

  /** Outbox entries behind a number, in their order. */
  List<OutboxEntry> entries(long after, int limit) throws SQLException;

  /** Notes that outbox numbers go on behind this one; for a copy that is to be a primary. */
  void continueAfter(long number) throws SQLException;

  /** The buckets that are at home here, with their epochs. */
  Map<Integer, Long> owned() throws SQLException;

  /** Sets which buckets are at home here. */
  void own(Map<Integer, Long> epochs) throws SQLException;

  /** Takes a bucket away; waits for writers that have it locked. */
  void disown(int bucket) throws SQLException;

  /** A note that belongs to this copy. */
  Optional<String> note(String key) throws SQLException;

  /** Sets a note. */
  void note(String key, String value) throws SQLException;

  /** What is there now, to be copied while writing goes on. */
  Snapshot snapshot() throws SQLException;

  /** The size of what is on disk. */
  long bytes();

  /** Has the disk keep what was written so far, against a power failure. */
  void sync() throws SQLException;

  /** As {@link #sync}, for one who is alone with the file: writers wait meanwhile, and no further connection is made. */
  default void syncAlone() throws SQLException {
    sync();
  }

  /** Closes in good order. */
  void close();

  /** Closes as a killed process would: nothing more is written. */
  void abandon();

  /**
   * Rows of a scan.
   *
   * @param more whether there are more behind them
   */
  record Rows(List<StoredRow> rows, boolean more) {}
}
