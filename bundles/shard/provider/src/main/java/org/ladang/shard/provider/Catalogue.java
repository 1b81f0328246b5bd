package org.ladang.shard.provider;

import java.nio.file.Path;
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
import org.h2.jdbcx.JdbcDataSource;
import org.ladang.kernel.LadangException;
import org.ladang.shard.ShardCluster;
import org.ladang.shard.Table;
import org.ladang.shard.provider.file.SteadyFiles;

/**
 * The catalogue database: the versioned map, the shards, the declarations, and what was noted of them. Small, written
 * rarely, and with each write told to the disk. All of it but the history can be made again from the shards. Safe for
 * any thread.
 */
final class Catalogue {
  private static final int FORMAT = 1;
  private static final String NEWER =
      "The shards were written by a newer Ladang; this one knows format " + FORMAT + ".";

  /**
   * What is noted of a shard.
   *
   * @param made whether it has files
   * @param behind whether acknowledged writes may be missing on its replica
   * @param readOnly whether an admin has made it so
   */
  record Entry(String id, int weight, boolean made, boolean behind, boolean readOnly) {}

  private final Connection connection;

  private Catalogue(Connection connection) {
    this.connection = connection;
  }

  static Path file(Path folder) {
    return folder.resolve("catalogue.mv.db");
  }

  /** Opens the database; with {@code make} also one that is not there. */
  static Catalogue open(Path folder, boolean make) throws SQLException {
    JdbcDataSource source = new JdbcDataSource();
    source.setUrl(
        "jdbc:h2:"
            + SteadyFiles.SCHEME
            + ":"
            + folder.resolve("catalogue").toAbsolutePath()
            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=1024;TRACE_LEVEL_FILE=0"
            + ";IFEXISTS="
            + (make ? "FALSE" : "TRUE"));
    source.setUser("ladang");
    source.setPassword("");
    Connection connection = source.getConnection();
    try {
      Catalogue catalogue = new Catalogue(connection);
      if (make) {
        catalogue.prepare();
      }
      catalogue.check();
      return catalogue;
    } catch (SQLException | LadangException e) {
      connection.close();
      throw e;
    }
  }

  private void prepare() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS \"note\"(\"key\" VARCHAR(50) PRIMARY KEY, \"value\" VARCHAR(10000) NOT NULL)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS \"shard\"(\"place\" INTEGER PRIMARY KEY, \"id\" VARCHAR(50) NOT NULL UNIQUE,"
              + " \"weight\" INTEGER NOT NULL, \"made\" BOOLEAN NOT NULL, \"behind\" BOOLEAN NOT NULL,"
              + " \"read_only\" BOOLEAN NOT NULL)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS \"filled\"(\"one\" INTEGER PRIMARY KEY, \"map\" VARBINARY(1000000) NOT NULL)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS \"bucket\"(\"bucket\" INTEGER PRIMARY KEY, \"place\" INTEGER NOT NULL,"
              + " \"epoch\" BIGINT NOT NULL)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS \"declared\"(\"name\" VARCHAR(50) PRIMARY KEY,"
              + " \"declaration\" VARCHAR(1000000) NOT NULL)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS \"history\"(\"at\" BIGINT NOT NULL, \"shard\" VARCHAR(50) NOT NULL,"
              + " \"reading\" VARCHAR(10000) NOT NULL, PRIMARY KEY(\"at\", \"shard\"))");
    }
    if (note("format").isEmpty()) {
      note("format", Integer.toString(FORMAT));
    }
  }

  private void check() throws SQLException {
    if (Integer.parseInt(note("format").orElse("0")) > FORMAT) {
      throw new LadangException("LADANG-SHARD-012", NEWER).next("Run that one, or a newer one.");
    }
  }

  /** The map; empty when none was ever stored whole. */
  synchronized Optional<ShardMap> map() throws SQLException {
    Optional<String> version = note("map");
    if (version.isEmpty()) {
      return Optional.empty();
    }
    Optional<MapBytes> filled = filled();
    int[] home = filled.map(MapBytes::home).orElseGet(() -> new int[ShardCluster.BUCKETS]);
    long[] epochs = filled.map(MapBytes::epochs).orElseGet(() -> new long[ShardCluster.BUCKETS]);
    int buckets = 0;
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT \"bucket\", \"place\", \"epoch\" FROM \"bucket\"")) {
      while (result.next()) {
        home[result.getInt(1)] = result.getInt(2);
        epochs[result.getInt(1)] = result.getLong(3);
        buckets++;
      }
    }
    if (filled.isEmpty() && buckets != ShardCluster.BUCKETS) {
      return Optional.empty();
    }
    return Optional.of(
        new ShardMap(
            Long.parseLong(version.get()),
            entries().stream().map(Entry::id).toList(),
            home,
            epochs));
  }

  /** The map as it was stored whole; buckets that have moved since are in a table of their own. */
  private Optional<MapBytes> filled() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT \"map\" FROM \"filled\"")) {
      return result.next() ? Optional.of(MapBytes.decode(result.getBytes(1))) : Optional.empty();
    }
  }

  /** Stores a whole cluster: its name, its shards and its map. */
  synchronized void store(String cluster, ShardMap map, List<Entry> entries) throws SQLException {
    transaction(
        () -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM \"bucket\"");
            statement.execute("DELETE FROM \"shard\"");
          }
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT INTO \"shard\" VALUES(?, ?, ?, ?, ?, ?)")) {
            for (int place = 0; place < entries.size(); place++) {
              Entry entry = entries.get(place);
              insert.setInt(1, place);
              insert.setString(2, entry.id());
              insert.setInt(3, entry.weight());
              insert.setBoolean(4, entry.made());
              insert.setBoolean(5, entry.behind());
              insert.setBoolean(6, entry.readOnly());
              insert.addBatch();
            }
            insert.executeBatch();
          }
          fill(map);
          note("cluster", cluster);
          note("map", Long.toString(map.version()));
        });
  }

  /** In one row: sixteen thousand take a cold JVM a quarter of a second. */
  private void fill(ShardMap map) throws SQLException {
    try (PreparedStatement merge =
        connection.prepareStatement("MERGE INTO \"filled\" VALUES(1, ?)")) {
      merge.setBytes(1, MapBytes.encode(map));
      merge.executeUpdate();
    }
  }

  /** Stores the next version of the map, which differs in one bucket. */
  synchronized void move(ShardMap map, int bucket) throws SQLException {
    transaction(
        () -> {
          try (PreparedStatement merge =
              connection.prepareStatement("MERGE INTO \"bucket\" VALUES(?, ?, ?)")) {
            merge.setInt(1, bucket);
            merge.setInt(2, map.home(bucket));
            merge.setLong(3, map.epoch(bucket));
            merge.executeUpdate();
          }
          note("map", Long.toString(map.version()));
        });
  }

  /** The shards, in their places. */
  synchronized List<Entry> entries() throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT \"id\", \"weight\", \"made\", \"behind\", \"read_only\" FROM \"shard\""
                    + " ORDER BY \"place\"")) {
      while (result.next()) {
        entries.add(
            new Entry(
                result.getString(1),
                result.getInt(2),
                result.getBoolean(3),
                result.getBoolean(4),
                result.getBoolean(5)));
      }
    }
    return entries;
  }

  synchronized void made(String shard) throws SQLException {
    flag("made", shard, true);
  }

  synchronized void behind(String shard, boolean missing) throws SQLException {
    flag("behind", shard, missing);
  }

  synchronized void readOnly(String shard, boolean only) throws SQLException {
    flag("read_only", shard, only);
  }

  private void flag(String column, String shard, boolean value) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE \"shard\" SET \"" + column + "\" = ? WHERE \"id\" = ?")) {
      update.setBoolean(1, value);
      update.setString(2, shard);
      update.executeUpdate();
    }
    sync();
  }

  synchronized Map<String, Table> declared() throws SQLException {
    Map<String, Table> tables = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT \"name\", \"declaration\" FROM \"declared\"")) {
      while (result.next()) {
        tables.put(result.getString(1), H2Schema.decode(result.getString(1), result.getString(2)));
      }
    }
    return tables;
  }

  synchronized void declare(Table table) throws SQLException {
    try (PreparedStatement merge =
        connection.prepareStatement("MERGE INTO \"declared\" VALUES(?, ?)")) {
      merge.setString(1, table.name());
      merge.setString(2, H2Schema.encode(table));
      merge.executeUpdate();
    }
    sync();
  }

  synchronized Optional<String> note(String key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT \"value\" FROM \"note\" WHERE \"key\" = ?")) {
      select.setString(1, key);
      try (ResultSet result = select.executeQuery()) {
        return result.next() ? Optional.of(result.getString(1)) : Optional.empty();
      }
    }
  }

  synchronized void note(String key, String value) throws SQLException {
    try (PreparedStatement merge =
        connection.prepareStatement("MERGE INTO \"note\" VALUES(?, ?)")) {
      merge.setString(1, key);
      merge.setString(2, value);
      merge.executeUpdate();
    }
    if (connection.getAutoCommit()) {
      sync();
    }
  }

  /** Keeps readings of one moment and forgets those before another. */
  synchronized void history(long at, Map<String, String> readings, long before)
      throws SQLException {
    transaction(
        () -> {
          try (PreparedStatement merge =
              connection.prepareStatement("MERGE INTO \"history\" VALUES(?, ?, ?)")) {
            for (Map.Entry<String, String> reading : readings.entrySet()) {
              merge.setLong(1, at);
              merge.setString(2, reading.getKey());
              merge.setString(3, reading.getValue());
              merge.addBatch();
            }
            merge.executeBatch();
          }
          try (PreparedStatement delete =
              connection.prepareStatement("DELETE FROM \"history\" WHERE \"at\" < ?")) {
            delete.setLong(1, before);
            delete.executeUpdate();
          }
        });
  }

  /** The newest readings of a shard, newest first. */
  synchronized Map<Long, String> history(String shard, int limit) throws SQLException {
    Map<Long, String> readings = new LinkedHashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT \"at\", \"reading\" FROM \"history\" WHERE \"shard\" = ? ORDER BY \"at\" DESC LIMIT ?")) {
      select.setString(1, shard);
      select.setInt(2, limit);
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          readings.put(result.getLong(1), result.getString(2));
        }
      }
    }
    return readings;
  }

  private interface Work {
    void run() throws SQLException;
  }

  private void transaction(Work work) throws SQLException {
    connection.setAutoCommit(false);
    boolean done = false;
    try {
      work.run();
      connection.commit();
      done = true;
    } finally {
      if (!done) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    }
    sync();
  }

  private void sync() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT SYNC");
    }
  }

  synchronized void close(boolean inGoodOrder) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(inGoodOrder ? "SHUTDOWN" : "SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      H2Failures.unheard(e);
    }
  }
}
