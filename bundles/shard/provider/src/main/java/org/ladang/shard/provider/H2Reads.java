package org.ladang.shard.provider;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ladang.shard.Field;
import org.ladang.shard.Group;
import org.ladang.shard.Table;

/** The reads, in a session that commits by itself. */
final class H2Reads {
  /** A page ends early when its documents reach this many characters, so that 1,000 large rows do not fill the heap. */
  private static final long PAGE_CHARS = 8L * Documents.MAX_CHARS;

  private H2Reads() {}

  static Optional<StoredRow> get(
      H2Session session, H2Statements sql, Table table, String owner, String id)
      throws SQLException {
    PreparedStatement statement = session.prepare(sql.get());
    statement.setString(1, owner);
    statement.setString(2, id);
    try (ResultSet result = statement.executeQuery()) {
      return result.next() ? Optional.of(H2Rows.read(table, result)) : Optional.empty();
    }
  }

  static Optional<StoredRow> find(
      H2Session session, H2Statements sql, Table table, int bucket, String id) throws SQLException {
    PreparedStatement statement = session.prepare(sql.find());
    statement.setInt(1, bucket);
    statement.setString(2, id);
    try (ResultSet result = statement.executeQuery()) {
      return result.next() ? Optional.of(H2Rows.read(table, result)) : Optional.empty();
    }
  }

  static ShardEngine.Rows scan(H2Session session, Table table, Range range) throws SQLException {
    try (PreparedStatement statement =
        session.connection().prepareStatement(new H2Statements(table).scan(range))) {
      statement.setFetchSize(range.limit() + 1);
      int at = 1;
      for (Object value : range.where().values()) {
        H2Rows.set(statement, at++, value);
      }
      if (range.owner().isPresent()) {
        statement.setString(at++, range.owner().get());
      }
      if (range.after().isPresent()) {
        Cursor after = range.after().get();
        if (range.owner().isEmpty()) {
          statement.setString(at++, after.owner());
          statement.setString(at++, after.owner());
        }
        statement.setString(at++, after.id());
      }
      statement.setInt(at, range.limit() + 1);
      try (ResultSet result = statement.executeQuery()) {
        List<StoredRow> rows = new ArrayList<>();
        long chars = 0;
        while (result.next()) {
          if (rows.size() == range.limit() || chars > PAGE_CHARS) {
            return new ShardEngine.Rows(rows, true);
          }
          StoredRow row = H2Rows.read(table, result);
          chars += row.content().document().length();
          for (Object column : row.content().columns()) {
            chars += column instanceof String text ? text.length() : 0;
          }
          rows.add(row);
        }
        return new ShardEngine.Rows(rows, false);
      }
    }
  }

  static long count(H2Session session, Table table, Optional<String> owner) throws SQLException {
    H2Statements sql = new H2Statements(table);
    try (PreparedStatement statement =
        session
            .connection()
            .prepareStatement(owner.isPresent() ? sql.countOfOwner() : sql.count())) {
      if (owner.isPresent()) {
        statement.setString(1, owner.get());
      }
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  static List<Group> countBy(H2Session session, Table table, Field field, int max)
      throws SQLException {
    try (PreparedStatement statement =
        session.connection().prepareStatement(H2Statements.countBy(table, field))) {
      statement.setInt(1, max);
      try (ResultSet result = statement.executeQuery()) {
        List<Group> groups = new ArrayList<>();
        while (result.next()) {
          Object value = H2Rows.read(field.type(), result, 1);
          groups.add(new Group(Optional.ofNullable(value).map(Values::out), result.getLong(2)));
        }
        return groups;
      }
    }
  }
}
