package org.ladang.bench.shard;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/** What an application writes by hand: one statement for one row, the document encoded and decoded. */
final class JdbcRows {
  /** Pages in memory, of each file: enough for all of them, so that nobody is measured reading files. */
  static final int CACHE_KB = 32_768;

  private static final JSON CODEC = JSON.std.with(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final String INSERT =
      "INSERT INTO plants(owner, id, version, kind, document) VALUES(?, ?, ?, ?, ?)";
  private static final String GET =
      "SELECT owner, id, version, kind, document FROM plants WHERE owner = ? AND id = ?";

  private JdbcRows() {}

  static void create(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE plants(owner VARCHAR(255) NOT NULL, id VARCHAR(255) NOT NULL, version BIGINT NOT NULL,"
              + " kind VARCHAR(1000000), document VARCHAR(1000000), PRIMARY KEY(owner, id))");
      statement.execute("CREATE INDEX plants_kind ON plants(kind, owner, id)");
    }
  }

  static void insert(DataSource source, String owner, String id, Map<String, Object> fields)
      throws SQLException, IOException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      set(statement, owner, id, fields);
      statement.executeUpdate();
    }
  }

  /** In one transaction. */
  static void load(DataSource source, Iterable<Plant> plants) throws SQLException, IOException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      for (Plant plant : plants) {
        set(statement, plant.owner(), plant.id(), plant.fields());
        statement.addBatch();
      }
      statement.executeBatch();
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  private static void set(
      PreparedStatement statement, String owner, String id, Map<String, Object> fields)
      throws SQLException, IOException {
    Map<String, Object> rest = new LinkedHashMap<>(fields);
    Object kind = rest.remove("kind");
    statement.setString(1, owner);
    statement.setString(2, id);
    statement.setLong(3, 1);
    statement.setString(4, (String) kind);
    statement.setString(5, CODEC.asString(rest));
  }

  static Map<String, Object> get(DataSource source, String owner, String id)
      throws SQLException, IOException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(GET)) {
      statement.setString(1, owner);
      statement.setString(2, id);
      try (ResultSet result = statement.executeQuery()) {
        if (!result.next()) {
          throw new IllegalStateException("There is no " + id + " of " + owner + ".");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", result.getLong(3));
        fields.put("kind", result.getString(4));
        fields.putAll(CODEC.mapFrom(result.getString(5)));
        return fields;
      }
    }
  }

  /** The same settings as Ladang's, so far as they matter to speed. */
  static String url(java.nio.file.Path base) {
    return "jdbc:h2:file:"
        + base.toAbsolutePath()
        + ";WRITE_DELAY=0;OPTIMIZE_REUSE_RESULTS=0;CACHE_SIZE="
        + CACHE_KB
        + ";QUERY_CACHE_SIZE=64;TRACE_LEVEL_FILE=0";
  }
}
