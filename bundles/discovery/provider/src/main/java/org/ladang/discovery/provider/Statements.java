package org.ladang.discovery.provider;

import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.ladang.discovery.Query;
import org.ladang.discovery.Rows;

/** Runs one statement on a connection, and makes values of what comes back. */
final class Statements {
  private static final int LONGEST_TEXT = 1 << 20;
  private static final int FETCH = 500;

  /** What is running, so that another thread may cancel it. */
  private final AtomicReference<PreparedStatement> running;

  Statements(AtomicReference<PreparedStatement> running) {
    this.running = running;
  }

  /** Asks within a read-only transaction that is rolled back at the end. */
  Rows query(Connection connection, Query query, String endpoint, int group) throws SQLException {
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    try (PreparedStatement statement = prepared(connection, query)) {
      statement.setMaxRows(query.most() + 1);
      statement.setFetchSize(Math.min(FETCH, query.most() + 1));
      try (ResultSet found = statement.executeQuery()) {
        return rows(found, query.most(), endpoint, group);
      }
    } finally {
      running.set(null);
      back(connection);
    }
  }

  private static void back(Connection connection) throws SQLException {
    if (!connection.isClosed()) {
      connection.rollback();
      connection.setReadOnly(false);
      connection.setAutoCommit(true);
    }
  }

  /** Changes something; it is committed by itself. */
  long update(Connection connection, Query query) throws SQLException {
    try (PreparedStatement statement = prepared(connection, query)) {
      return statement.executeLargeUpdate();
    } catch (UnsupportedOperationException e) {
      throw new SQLException("The driver counts no large updates.", e);
    } finally {
      running.set(null);
    }
  }

  private PreparedStatement prepared(Connection connection, Query query) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(query.sql());
    try {
      Duration limit = query.limit();
      statement.setQueryTimeout((int) Math.max(1, limit.plusMillis(999).toSeconds()));
      for (int i = 0; i < query.parameters().size(); i++) {
        statement.setObject(i + 1, query.parameters().get(i));
      }
      running.set(statement);
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private static Rows rows(ResultSet found, int most, String endpoint, int group)
      throws SQLException {
    ResultSetMetaData meta = found.getMetaData();
    int width = meta.getColumnCount();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= width; i++) {
      columns.add(meta.getColumnLabel(i));
    }
    List<List<Object>> rows = new ArrayList<>();
    boolean more = false;
    while (!more && found.next()) {
      if (rows.size() == most) {
        more = true;
      } else {
        List<Object> row = new ArrayList<>(width);
        for (int i = 1; i <= width; i++) {
          row.add(value(found.getObject(i)));
        }
        rows.add(row);
      }
    }
    return new Rows(columns, rows, more, endpoint, group);
  }

  private static Object value(Object raw) throws SQLException {
    if (raw == null || raw instanceof Number || raw instanceof Boolean || raw instanceof String) {
      return raw;
    }
    if (raw instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (raw instanceof Clob text) {
      return text.getSubString(1, (int) Math.min(LONGEST_TEXT, text.length()));
    }
    if (raw instanceof java.sql.Timestamp time) {
      return time.toLocalDateTime().toString();
    }
    if (raw instanceof java.sql.Date || raw instanceof java.sql.Time || raw instanceof Temporal) {
      return raw.toString();
    }
    return raw.toString();
  }
}
