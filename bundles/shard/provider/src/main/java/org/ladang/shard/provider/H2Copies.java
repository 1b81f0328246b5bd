package org.ladang.shard.provider;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.h2.api.ErrorCode;

/** Writes rows as they are on the other copy of the shard, and how far this one follows. */
final class H2Copies {
  static final String CREATE =
      "CREATE TABLE IF NOT EXISTS \"applied\"(\"one\" INTEGER PRIMARY KEY, \"number\" BIGINT NOT NULL)";

  private final H2Tables tables;
  private final Steps steps;
  private final String shard;

  H2Copies(H2Tables tables, Steps steps, String shard) {
    this.tables = tables;
    this.steps = steps;
    this.shard = shard;
  }

  void apply(H2Session session, List<RowState> rows, long upTo) throws SQLException {
    for (RowState row : rows) {
      apply(session, row);
    }
    PreparedStatement mark =
        session.prepare("UPDATE \"applied\" SET \"number\" = ? WHERE \"one\" = 1");
    mark.setLong(1, upTo);
    mark.executeUpdate();
    steps.reached(Step.REPLICA_STORED, shard);
    session.connection().commit();
    steps.reached(Step.REPLICA_COMMITTED, shard);
  }

  private void apply(H2Session session, RowState row) throws SQLException {
    H2Statements sql = tables.sql(row.table());
    if (row.first()) {
      try {
        run(session, sql.insert(), row);
        return;
      } catch (SQLException e) {
        if (e.getErrorCode() != ErrorCode.DUPLICATE_KEY_1) {
          throw e;
        }
        // It is here already: the replica was ahead of what was known.
      }
    }
    run(session, row.content().isEmpty() ? sql.delete() : sql.merge(), row);
  }

  private static void run(H2Session session, String sql, RowState row) throws SQLException {
    PreparedStatement statement = session.prepare(sql);
    if (row.content().isPresent()) {
      H2Rows.set(statement, row);
    } else {
      H2Rows.setKey(statement, row);
    }
    statement.executeUpdate();
  }

  static long applied(H2Session session) throws SQLException {
    try (ResultSet result = session.prepare("SELECT \"number\" FROM \"applied\"").executeQuery()) {
      return result.next() ? result.getLong(1) : 0;
    }
  }
}
