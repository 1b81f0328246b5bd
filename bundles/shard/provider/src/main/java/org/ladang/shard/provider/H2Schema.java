package org.ladang.shard.provider;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.h2.api.ErrorCode;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Field;
import org.ladang.shard.FieldType;
import org.ladang.shard.Table;

/**
 * The declarations, kept in the shard itself, so that a shard can be read without anything else. The row in {@code
 * ladang_table} is written last: until then the former declaration holds, and declaring again begins anew.
 */
final class H2Schema {
  private static final int BACKFILL = 500;

  private H2Schema() {}

  /** Makes what every shard has, as far as it is not there. */
  static void prepare(Connection connection) throws SQLException {
    if (isPrepared(connection)) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS \"ladang_table\""
              + "(\"name\" VARCHAR(50) PRIMARY KEY, \"declaration\" VARCHAR(1000000) NOT NULL)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS \"note\"(\"key\" VARCHAR(255) PRIMARY KEY, \"value\" VARCHAR(10000) NOT NULL)");
      statement.execute(H2Owned.CREATE);
      statement.execute(H2Outbox.CREATE);
      statement.execute(H2Copies.CREATE);
      statement.execute(
          "MERGE INTO \"applied\"(\"one\", \"number\") SELECT 1, 0 WHERE NOT EXISTS(SELECT 1 FROM \"applied\")");
      // Last: one that has it has the others.
      statement.execute(
          "CREATE TABLE IF NOT EXISTS \"ladang_shard\"(\"identity\" VARCHAR(255) PRIMARY KEY)");
    }
  }

  /** Names the shard if it has no name yet. Returns its name. */
  static String name(Connection connection, String name) throws SQLException {
    Optional<String> known = identity(connection);
    if (known.isPresent()) {
      return known.get();
    }
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO \"ladang_shard\"(\"identity\") VALUES(?)")) {
      statement.setString(1, name);
      statement.executeUpdate();
    }
    return name;
  }

  /** The name of the shard; empty when the database is none. */
  static Optional<String> identity(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT \"identity\" FROM \"ladang_shard\"")) {
      return result.next() ? Optional.of(result.getString(1)) : Optional.empty();
    } catch (SQLException e) {
      if (noTable(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean isPrepared(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute("SELECT 1 FROM \"ladang_shard\" LIMIT 0");
    } catch (SQLException e) {
      if (noTable(e)) {
        return false;
      }
      throw e;
    }
  }

  private static boolean noTable(SQLException e) {
    return e.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1
        || e.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1;
  }

  static Map<String, Table> tables(Connection connection) throws SQLException {
    Map<String, Table> tables = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT \"name\", \"declaration\" FROM \"ladang_table\"")) {
      while (result.next()) {
        tables.put(result.getString(1), decode(result.getString(1), result.getString(2)));
      }
    }
    return tables;
  }

  /** Rows got sums later than tables: a file of before gets the column, and its rows get sums as they are written. */
  static void addSums(Connection connection) throws SQLException {
    for (Table table : tables(connection).values()) {
      try (Statement statement = connection.createStatement()) {
        if (!hasSum(statement, table)) {
          statement.execute("SET QUERY_TIMEOUT 0");
          statement.execute(H2Statements.addSum(table));
          statement.execute("SET QUERY_TIMEOUT " + H2ShardEngine.QUERY_MILLIS);
        }
      }
    }
  }

  private static boolean hasSum(Statement statement, Table table) throws SQLException {
    try {
      return statement.execute(H2Statements.probeSum(table));
    } catch (SQLException e) {
      if (e.getErrorCode() == ErrorCode.COLUMN_NOT_FOUND_1) {
        return false;
      }
      throw e;
    }
  }

  private static List<Field> added(Table wanted, Optional<Table> before) {
    return wanted.fields().stream()
        .filter(f -> before.flatMap(b -> b.field(f.name())).isEmpty())
        .toList();
  }

  /** Refuses when a row carries what a new field cannot hold. */
  static void probe(H2Session session, Table wanted, Optional<Table> before) throws SQLException {
    List<Field> added = added(wanted, before);
    if (before.isEmpty() || added.isEmpty()) {
      return;
    }
    eachRow(
        session,
        new Table(wanted.name(), List.of()),
        row -> {
          Map<String, Object> rest = document(row);
          for (Field field : added) {
            Object given = rest.get(field.name());
            if (given != null) {
              value(field, given, row);
            }
          }
        });
  }

  static void declare(H2Session session, Table wanted, Optional<Table> before) throws SQLException {
    Connection connection = session.connection();
    List<Field> added = added(wanted, before);
    try (Statement statement = connection.createStatement()) {
      // Adding a column copies the table: that may take longer than a query may.
      statement.execute("SET QUERY_TIMEOUT 0");
      statement.execute(H2Statements.createTable(wanted));
      for (Field field : added) {
        statement.execute(H2Statements.addColumn(wanted, field));
      }
    }
    connection.setAutoCommit(false);
    try {
      if (before.isPresent() && !added.isEmpty()) {
        fill(session, wanted, added);
      }
      connection.commit();
    } catch (SQLException | LadangException e) {
      connection.rollback();
      throw e;
    }
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute(H2Statements.createBucketIndex(wanted));
      for (Field field : wanted.fields()) {
        if (field.indexed()) {
          statement.execute(H2Statements.createIndex(wanted, field));
        }
      }
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "MERGE INTO \"ladang_table\"(\"name\", \"declaration\") VALUES(?, ?)")) {
      statement.setString(1, wanted.name());
      statement.setString(2, encode(wanted));
      statement.executeUpdate();
    }
  }

  /**
   * Copies what rows carry in their documents into the new columns, page by page along the key. Whatever an attempt that
   * was cut off left there does not count.
   */
  private static void fill(H2Session session, Table wanted, List<Field> added) throws SQLException {
    String set =
        String.join(", ", added.stream().map(f -> H2Statements.columnName(f) + " = ?").toList());
    try (PreparedStatement update =
        session
            .connection()
            .prepareStatement(
                "UPDATE "
                    + H2Statements.tableName(wanted)
                    + " SET "
                    + set
                    + ", \"sum\" = ? WHERE \"owner\" = ? AND \"id\" = ?")) {
      eachRow(session, wanted, row -> fill(update, wanted, added, row));
    }
  }

  private interface RowTask {
    void run(StoredRow row) throws SQLException;
  }

  private static void eachRow(H2Session session, Table table, RowTask task) throws SQLException {
    Optional<Cursor> after = Optional.empty();
    do {
      Range range = new Range(Optional.empty(), Map.of(), after, BACKFILL);
      List<StoredRow> rows = H2Reads.scan(session, table, range).rows();
      for (StoredRow row : rows) {
        task.run(row);
      }
      after =
          rows.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Cursor(rows.get(rows.size() - 1).owner(), rows.get(rows.size() - 1).id()));
    } while (after.isPresent());
  }

  private static Map<String, Object> document(StoredRow row) {
    String document = row.content().document();
    return document.isEmpty() ? Map.of() : Documents.read(document);
  }

  private static void fill(PreparedStatement update, Table wanted, List<Field> added, StoredRow row)
      throws SQLException {
    Map<String, Object> rest = document(row);
    List<Object> columns = new ArrayList<>(row.content().columns());
    int at = 1;
    for (Field field : added) {
      Object given = rest.get(field.name());
      Object value = given == null ? null : value(field, given, row);
      columns.set(wanted.fields().indexOf(field), value);
      H2Rows.set(update, at++, value);
    }
    Content content = new Content(columns, row.content().document());
    if (content.equals(row.content())) {
      return;
    }
    // A row that is not as it was written stays known as such.
    boolean sound = row.sum().isPresent() && row.sound(wanted);
    H2Rows.set(
        update,
        at++,
        sound
            ? (Object) RowSum.of(wanted, row.owner(), row.id(), row.version(), content)
            : row.sum().isPresent() ? row.sum().getAsInt() : null);
    update.setString(at++, row.owner());
    update.setString(at, row.id());
    update.executeUpdate();
  }

  private static Object value(Field field, Object given, StoredRow row) {
    try {
      return Values.in(field, given);
    } catch (LadangException e) {
      throw Refusals.badDeclaration(
          "The field \""
              + field.name()
              + "\" cannot be declared "
              + field.type()
              + ": the row "
              + row.id()
              + " of "
              + row.owner()
              + " carries "
              + Refusals.shown(given)
              + " there.");
    }
  }

  static String encode(Table table) {
    List<Object> fields = new ArrayList<>();
    for (Field field : table.fields()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", field.name());
      one.put("type", field.type().name());
      one.put("indexed", field.indexed());
      one.put("unique", field.unique());
      fields.add(one);
    }
    return Documents.write(Map.of("fields", fields, "lookup", table.lookup()));
  }

  /** A declaration that cannot be read is damage as any other. */
  static Table decode(String name, String declaration) throws SQLException {
    try {
      return decoded(name, declaration);
    } catch (IllegalArgumentException | LadangException e) {
      throw new SQLException(
          "The declaration of " + name + " is damaged", "90030", ErrorCode.FILE_CORRUPTED_1, e);
    }
  }

  private static Table decoded(String name, String declaration) {
    List<Field> fields = new ArrayList<>();
    Map<String, Object> content = Documents.read(declaration);
    if (content.get("fields") instanceof List<?> list) {
      for (Object entry : list) {
        if (entry instanceof Map<?, ?> one) {
          fields.add(
              new Field(
                  String.valueOf(one.get("name")),
                  FieldType.valueOf(String.valueOf(one.get("type"))),
                  Boolean.TRUE.equals(one.get("indexed")),
                  Boolean.TRUE.equals(one.get("unique"))));
        }
      }
    }
    return new Table(name, fields, Boolean.TRUE.equals(content.get("lookup")));
  }
}
