package org.ladang.shard;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tables of rows, spread by owner: the XXH64 of the owner picks one of 16,384 buckets, and a bucket is at home on one
 * shard. All rows of an owner are therefore together; choose as owner whom the work is done for (a customer, a bot), not
 * something that half of all rows share.
 *
 * <p>What was acknowledged survives {@code kill -9}. A row is read as it was last acknowledged. Safe for any thread; every
 * call returns or throws within about 30 seconds, most within a millisecond. Failures are {@link
 * org.ladang.kernel.LadangException}s; unless said otherwise nothing has changed then:
 *
 * <ul>
 *   <li>{@code LADANG-SHARD-001} the row is not as the write expected; details {@code expected}, {@code found}
 *   <li>{@code LADANG-SHARD-002} no such table
 *   <li>{@code LADANG-SHARD-003} no such declared field
 *   <li>{@code LADANG-SHARD-004} a value that is not of the field's type, or not JSON-shaped
 *   <li>{@code LADANG-SHARD-005} a row too large
 *   <li>{@code LADANG-SHARD-006} a bad name of a table or field, or a bad owner or id
 *   <li>{@code LADANG-SHARD-007} a declaration that contradicts the present one
 *   <li>{@code LADANG-SHARD-008} another write of the same owner in the batch was refused
 *   <li>{@code LADANG-SHARD-009} a bad cursor
 *   <li>{@code LADANG-SHARD-010} a bad limit, a batch too large, or too many groups
 *   <li>{@code LADANG-SHARD-011} the shard is read-only
 *   <li>{@code LADANG-SHARD-012} the shard's data are damaged or gone
 *   <li>{@code LADANG-SHARD-013} the shard was too busy to answer in time
 *   <li>{@code LADANG-SHARD-014} the storage failed; a write may or may not be there
 *   <li>{@code LADANG-SHARD-015} the table cannot do that: it is not declared for it
 *   <li>{@code LADANG-SHARD-016} the shard is closed or in use by another process
 *   <li>{@code LADANG-SHARD-018} another row has that value of a unique field, or that id
 * </ul>
 */
@ProviderType
public interface ShardCluster {
  /** How many buckets there are, for ever. */
  int BUCKETS = 16_384;

  /**
   * Declares a table: makes it, or adds what is new in the declaration to the one that is there. Nothing is ever taken
   * away: fields that are declared no longer stay, and so does their index. Rows that carried a newly declared field in
   * their document carry it as that field afterwards. Idempotent; call it before the first use, as often as you like.
   *
   * @return the table as it is now
   */
  Table declare(Table table);

  /** All tables, in the order of their names. */
  List<Table> tables();

  /**
   * Writes a whole row: what is not among {@code fields} is gone afterwards.
   *
   * @param owner 1 to 255 characters, no control characters; so is {@code id}
   * @param fields JSON-shaped, also {@code Instant}; a null value is as none. At most 1,000,000 characters in all
   */
  WriteOutcome.Written put(
      String table, String owner, String id, Map<String, Object> fields, Expect expect);

  /** A row; empty when it is not there. */
  Optional<Row> get(String table, String owner, String id);

  /**
   * A row by its id alone: one that {@link #newId} made for the row's owner, or any in a table that is declared with
   * {@link Table#lookup}. Another one is refused with {@code LADANG-SHARD-015}.
   */
  Optional<Row> get(String table, String id);

  /**
   * A new id for a row of this owner: a number of 63 bits that grows with the time and was never given out before, also
   * when the clock was set back; as 13 characters whose order is that of the numbers. It carries the owner's bucket.
   */
  String newId(String owner);

  /** Deletes a row. When it is not there, that is no failure unless a version is expected. */
  WriteOutcome.Deleted delete(String table, String owner, String id, Expect expect);

  /**
   * Many writes at once, of any tables and owners. All writes of one owner are done together, in their order, or not at
   * all; those of different owners are independent of each other.
   *
   * @param writes at most 10,000
   * @return how each one ended, in the order of the writes
   */
  List<WriteOutcome> batch(List<Write> writes);

  /** One page of rows. */
  Page scan(Scan scan);

  /** How many rows a table has. */
  long count(String table);

  /** How many rows of a table an owner has. */
  long count(String table, String owner);

  /**
   * Counts the rows of a table by the value of a declared field.
   *
   * @return the largest group first; refused with {@code LADANG-SHARD-010} when there are more than 1,000
   */
  List<Group> countBy(String table, String field);

  /** The bucket of an owner, from 0 to {@link #BUCKETS} - 1; the same for ever. */
  int bucket(String owner);

  /** The shards, in the order of their ids; answers also when they are damaged. */
  List<ShardInfo> shards();
}
