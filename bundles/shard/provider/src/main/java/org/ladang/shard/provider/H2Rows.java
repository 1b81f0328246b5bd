package org.ladang.shard.provider;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.ladang.shard.Field;
import org.ladang.shard.FieldType;
import org.ladang.shard.Table;

/** Moves rows between JDBC and {@link StoredRow}. */
final class H2Rows {
  private static final int FIRST_COLUMN = 6;

  private H2Rows() {}

  static StoredRow read(Table table, ResultSet result) throws SQLException {
    List<Object> columns = new ArrayList<>(table.fields().size());
    int at = FIRST_COLUMN;
    for (Field field : table.fields()) {
      columns.add(read(field.type(), result, at++));
    }
    String document = result.getString(4);
    int sum = result.getInt(5);
    OptionalInt stored = result.wasNull() ? OptionalInt.empty() : OptionalInt.of(sum);
    return new StoredRow(
        result.getString(1),
        result.getString(2),
        result.getLong(3),
        new Content(columns, document == null ? "" : document),
        stored);
  }

  /** The value, or null where the column has none. */
  static Object read(FieldType type, ResultSet result, int at) throws SQLException {
    Object value =
        switch (type) {
          case STRING -> result.getString(at);
          case LONG -> result.getLong(at);
          case DOUBLE -> result.getDouble(at);
          case DECIMAL -> result.getBigDecimal(at);
          case BOOLEAN -> result.getBoolean(at);
          case INSTANT -> result.getObject(at, Instant.class);
        };
    return result.wasNull() ? null : value;
  }

  static void set(PreparedStatement statement, int at, Object value) throws SQLException {
    if (value == null) {
      statement.setNull(at, Types.NULL);
    } else if (value instanceof String text) {
      statement.setString(at, text);
    } else if (value instanceof Long number) {
      statement.setLong(at, number);
    } else if (value instanceof BigDecimal decimal) {
      statement.setBigDecimal(at, decimal);
    } else {
      statement.setObject(at, value);
    }
  }

  /** Sets the parameters of {@link H2Statements#insert}, and of update and merge. */
  static void set(PreparedStatement statement, RowState row) throws SQLException {
    Content content = row.content().orElseThrow();
    int at = 1;
    for (Object column : content.columns()) {
      set(statement, at++, column);
    }
    set(statement, at++, content.document().isEmpty() ? null : content.document());
    statement.setInt(at++, row.sum().orElseGet(() -> RowSum.of(row, content)));
    statement.setInt(at++, row.bucket());
    statement.setLong(at++, row.version());
    statement.setString(at++, row.owner());
    statement.setString(at, row.id());
  }

  /** Sets the parameters of {@link H2Statements#delete}. */
  static void setKey(PreparedStatement statement, RowState row) throws SQLException {
    statement.setString(1, row.owner());
    statement.setString(2, row.id());
  }
}
