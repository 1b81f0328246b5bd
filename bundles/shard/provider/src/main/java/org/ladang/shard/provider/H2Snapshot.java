package org.ladang.shard.provider;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.ladang.shard.provider.file.SteadyFiles;

/**
 * A transaction of H2's isolation level SNAPSHOT, which sees all tables as they were at its first statement. What it sees
 * is copied table by table, whatever tables there are: nothing that a shard keeps can be forgotten here.
 */
final class H2Snapshot implements Snapshot {
  private static final int BATCH = 1_000;

  /** What a copy begins anew with. */
  private static final Set<String> OWN = Set.of("outbox", "applied");

  private final Connection pooled;
  private final Connection connection;
  private final long millis;
  private List<String> structure = List.of();
  private long last;

  private H2Snapshot(Connection pooled, Connection connection, long millis) {
    this.pooled = pooled;
    this.connection = connection;
    this.millis = millis;
  }

  /**
   * Looks at what is there now.
   *
   * @param pooled is given back when the snapshot is closed
   * @param millis the limit for queries that the connection has, and gets back
   */
  static H2Snapshot of(Connection pooled, long millis) throws SQLException {
    Connection connection = pooled.unwrap(H2Session.class).connection();
    H2Snapshot snapshot = new H2Snapshot(pooled, connection, millis);
    boolean good = false;
    try {
      snapshot.begin();
      good = true;
      return snapshot;
    } finally {
      if (!good) {
        snapshot.close();
      }
    }
  }

  private void begin() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SNAPSHOT");
      // A large table takes its time, and is not to be held in memory.
      statement.execute("SET QUERY_TIMEOUT 0");
      statement.execute("SET LAZY_QUERY_EXECUTION 1");
      // Before the first look: SCRIPT commits, which would end the transaction.
      List<String> lines = new ArrayList<>();
      try (ResultSet script = statement.executeQuery("SCRIPT NODATA NOPASSWORDS NOSETTINGS")) {
        while (script.next()) {
          lines.add(script.getString(1).strip());
        }
      }
      structure = lines;
      connection.commit();
      try (ResultSet result =
          statement.executeQuery(
              "SELECT GREATEST((SELECT COALESCE(MAX(\"number\"), 0) FROM \"outbox\"),"
                  + " (SELECT COALESCE(MAX(\"number\"), 0) FROM \"applied\"))")) {
        result.next();
        last = result.getLong(1);
      }
    }
  }

  @Override
  public long last() {
    return last;
  }

  @Override
  public long copyTo(Path file) throws SQLException {
    JdbcDataSource source = new JdbcDataSource();
    String name = file.toAbsolutePath().toString();
    source.setUrl(
        "jdbc:h2:"
            + SteadyFiles.SCHEME
            + ":"
            + name.substring(0, name.length() - ".mv.db".length())
            + ";DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=4096;TRACE_LEVEL_FILE=0");
    source.setUser("ladang");
    source.setPassword("");
    try (Connection target = source.getConnection();
        Statement statement = target.createStatement()) {
      List<String> indexes = structure(statement);
      long rows = 0;
      target.setAutoCommit(false);
      for (String table : tables()) {
        if (!OWN.contains(table)) {
          long copied = copy(table, target);
          rows += table.startsWith("t_") ? copied : 0;
        }
      }
      statement.execute("INSERT INTO \"applied\"(\"one\", \"number\") VALUES(1, " + last + ")");
      if (last > 0) {
        statement.execute(
            "INSERT INTO \"outbox\"(\"number\", \"bucket\", \"table\", \"owner\", \"id\", \"version\","
                + " \"at\") VALUES("
                + last
                + ", 0, '', '', '', 0, 0)");
      }
      statement.execute(
          "MERGE INTO \"note\"(\"key\", \"value\") VALUES('"
              + Shard.REPLICA
              + "', '"
              + Shard.MADE
              + "')");
      target.commit();
      target.setAutoCommit(true);
      for (String index : indexes) {
        statement.execute(index);
      }
      statement.execute("SHUTDOWN");
      return rows;
    }
  }

  /** Makes the tables; returns what makes the indexes, for when the rows are there. */
  private List<String> structure(Statement target) throws SQLException {
    List<String> indexes = new ArrayList<>();
    for (String line : structure) {
      if (line.startsWith("CREATE INDEX") || line.startsWith("CREATE UNIQUE")) {
        indexes.add(line);
      } else if (line.startsWith("CREATE") && line.contains(" TABLE ")
          || line.startsWith("ALTER TABLE")) {
        target.execute(line);
      }
    }
    return indexes;
  }

  private List<String> tables() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'"
                    + " ORDER BY TABLE_NAME")) {
      while (result.next()) {
        tables.add(result.getString(1));
      }
    }
    return tables;
  }

  private long copy(String table, Connection target) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
      int columns = rows.getMetaData().getColumnCount();
      String marks = Stream.generate(() -> "?").limit(columns).collect(Collectors.joining(", "));
      long copied = 0;
      try (PreparedStatement insert =
          target.prepareStatement("INSERT INTO \"" + table + "\" VALUES(" + marks + ")")) {
        while (rows.next()) {
          for (int i = 1; i <= columns; i++) {
            insert.setObject(i, rows.getObject(i));
          }
          insert.addBatch();
          copied++;
          if (copied % BATCH == 0) {
            insert.executeBatch();
            target.commit();
          }
        }
        insert.executeBatch();
        target.commit();
      }
      return copied;
    }
  }

  @Override
  public void close() {
    try (pooled;
        Statement statement = connection.createStatement()) {
      connection.rollback();
      statement.execute("SET LAZY_QUERY_EXECUTION 0");
      statement.execute("SET QUERY_TIMEOUT " + millis);
      statement.execute(
          "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED");
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // The database was closed meanwhile; the connection goes with it.
      H2Failures.unheard(e);
    }
  }
}
