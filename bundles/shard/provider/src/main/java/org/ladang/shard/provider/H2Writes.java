package org.ladang.shard.provider;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.h2.api.ErrorCode;
import org.ladang.shard.WriteOutcome;

/**
 * One write transaction: lock the buckets and check that they are at home here, read the versions, decide, write rows and
 * outbox, commit. The lock on a bucket holds off whoever wants to move it, and every other writer of its rows; a bucket's
 * epoch that was read without it could be gone by the commit.
 */
final class H2Writes {
  private static final int ATTEMPTS = 5;

  private final H2Tables tables;
  private final LongSupplier fresh;
  private final Steps steps;
  private final String shard;

  H2Writes(H2Tables tables, LongSupplier fresh, Steps steps, String shard) {
    this.tables = tables;
    this.fresh = fresh;
    this.steps = steps;
    this.shard = shard;
  }

  Committed write(H2Session session, List<Change> changes, WriteTerms terms) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(session, changes, terms, attempt == 1);
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !lostRace(e)) {
          throw e;
        }
        session.connection().rollback();
      }
    }
  }

  /**
   * @param trusting whether a row that is expected not to be there is not looked for: when it is there all the same, its
   *     insertion fails, and the next attempt looks
   */
  private Committed attempt(
      H2Session session, List<Change> changes, WriteTerms terms, boolean trusting)
      throws SQLException {
    steps.reached(Step.WRITE, shard);
    lockBuckets(session, changes, terms.map());
    steps.reached(Step.BUCKETS_LOCKED, shard);
    WritePlan plan = new WritePlan(changes, fresh);
    look(session, plan, trusting);
    List<WriteOutcome> outcomes = plan.decide();
    List<RowState> rows = store(session, plan);
    long last = terms.last();
    if (terms.outbox() && !rows.isEmpty()) {
      last = H2Outbox.add(session, rows, terms);
    }
    steps.reached(Step.ROWS_STORED, shard);
    if (rows.isEmpty()) {
      session.connection().rollback();
    } else {
      session.connection().commit();
      steps.reached(Step.WRITE_COMMITTED, shard);
    }
    return new Committed(outcomes, rows, last);
  }

  /** Someone made or changed the row between our look and our write: look again. */
  private static boolean lostRace(SQLException e) {
    return e.getErrorCode() == ErrorCode.DUPLICATE_KEY_1
        || e.getErrorCode() == ErrorCode.DEADLOCK_1
        || e.getErrorCode() == ErrorCode.CONCURRENT_UPDATE_1;
  }

  private static void lockBuckets(H2Session session, List<Change> changes, ShardMap map)
      throws SQLException {
    if (changes.size() == 1) {
      lockBucket(session, changes.get(0).bucket(), map);
      return;
    }
    // In one order for everybody, so that two batches never wait for each other.
    TreeSet<Integer> buckets = new TreeSet<>();
    changes.forEach(c -> buckets.add(c.bucket()));
    for (int bucket : buckets) {
      lockBucket(session, bucket, map);
    }
  }

  private static void lockBucket(H2Session session, int bucket, ShardMap map) throws SQLException {
    PreparedStatement lock =
        session.prepare("SELECT \"epoch\" FROM \"owned_bucket\" WHERE \"bucket\" = ? FOR UPDATE");
    lock.setInt(1, bucket);
    try (ResultSet result = lock.executeQuery()) {
      if (!result.next() || result.getLong(1) != map.epoch(bucket)) {
        throw new StaleRoute(bucket);
      }
    }
  }

  private void look(H2Session session, WritePlan plan, boolean trusting) throws SQLException {
    for (WritePlan.Slot slot : plan.slots()) {
      if (trusting && slot.onlyInserts()) {
        continue;
      }
      PreparedStatement look = session.prepare(tables.sql(slot.table).version());
      look.setString(1, slot.owner);
      look.setString(2, slot.id);
      try (ResultSet result = look.executeQuery()) {
        slot.found(result.next() ? OptionalLong.of(result.getLong(1)) : OptionalLong.empty());
      }
    }
  }

  private List<RowState> store(H2Session session, WritePlan plan) throws SQLException {
    List<RowState> rows = new ArrayList<>();
    for (WritePlan.Slot slot : plan.slots()) {
      if (slot.last().isEmpty() || !slot.existed() && slot.version().isEmpty()) {
        continue;
      }
      H2Statements sql = tables.sql(slot.table);
      Change change = slot.last().get();
      PreparedStatement statement;
      RowState row;
      if (slot.version().isEmpty()) {
        row = RowState.gone(slot.table, slot.owner, slot.id, change.bucket());
        statement = session.prepare(sql.delete());
        H2Rows.setKey(statement, row);
      } else {
        row =
            new RowState(
                slot.table,
                slot.owner,
                slot.id,
                change.bucket(),
                slot.version().getAsLong(),
                change.content(),
                !slot.existed());
        statement = session.prepare(slot.existed() ? sql.update() : sql.insert());
        H2Rows.set(statement, row);
      }
      rows.add(row);
      statement.executeUpdate();
    }
    return rows;
  }
}
