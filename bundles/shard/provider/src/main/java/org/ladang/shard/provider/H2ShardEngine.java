package org.ladang.shard.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.h2.jdbcx.JdbcDataSource;
import org.ladang.shard.Field;
import org.ladang.shard.Group;
import org.ladang.shard.Table;
import org.ladang.shard.provider.file.SteadyFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One H2 database file behind a pool.
 *
 * <p>{@code WRITE_DELAY=0} writes each commit to the file before it is acknowledged (H2's default loses half a second at
 * {@code kill -9}). The file is read and written through {@link SteadyFiles}, so that an interrupted caller takes the
 * database from nobody.
 *
 * <p>{@code RETENTION_TIME} is how long H2 leaves old pages alone before it writes over them, and every small commit
 * leaves some 30 KB of them. With H2's 45 seconds, 30,000 updates of one million bytes of rows made a file of 960 MB. It
 * may be shorter only because {@link #sync} is called more often than that: nothing is then written over before what
 * replaced it is safely on the disk, and a power failure costs the last second and not the file.
 */
final class H2ShardEngine implements ShardEngine {
  private static final Logger LOG = LoggerFactory.getLogger(H2ShardEngine.class);

  /** How often {@link #sync} is to be called while there are writes. */
  static final long SYNC_MILLIS = 1_000;

  private static final String SYNC = "CHECKPOINT SYNC";
  private static final long WAIT_MILLIS = 5_000;

  /** Closing gives space back for so long at the most: there may be twenty files to close within a stop's deadline. */
  private static final long COMPACT_MILLIS = 50;

  static final long QUERY_MILLIS = 20_000;
  static final long RETENTION_MILLIS = 3 * SYNC_MILLIS;

  /** How an engine is opened. */
  record Settings(int connections, int cacheKb) {}

  private interface Use<T> {
    T run(H2Session session) throws SQLException;
  }

  private final Path file;
  private final H2Pool pool;
  private final H2Writer writer;
  private final H2Tables tables = new H2Tables();
  private final H2Writes writes;
  private final H2Copies copies;
  private final String identity;

  private H2ShardEngine(
      Path base, String identity, H2Pool pool, H2Writer writer, LongSupplier fresh, Steps steps) {
    this.file = file(base);
    this.identity = identity;
    this.pool = pool;
    this.writer = writer;
    String shard = base.getParent().getFileName().toString();
    this.writes = new H2Writes(tables, fresh, steps, shard);
    this.copies = new H2Copies(tables, steps, shard);
  }

  /**
   * Opens the database.
   *
   * @param base the file's path without {@code .mv.db}; its folder has the shard's name
   * @param make the name that it gets if it is made; empty when a file that is not there is a failure
   * @param fresh gives the first version of rows
   */
  static H2ShardEngine open(
      Path base, Optional<String> make, Settings settings, LongSupplier fresh, Steps steps)
      throws SQLException {
    JdbcDataSource source = source(base, make.isPresent(), settings);
    // Without the pool, which would try again for seconds and hide the reason.
    Connection connection = source.getConnection();
    try {
      String identity;
      if (make.isPresent()) {
        H2Schema.prepare(connection);
        identity = H2Schema.name(connection, make.get());
      } else {
        identity = H2Schema.identity(connection).orElse("");
      }
      if (!identity.isEmpty()) {
        H2Schema.addSums(connection);
      }
      // Made; from now on, the pool's connections too take a missing file for what it is.
      source.setUrl(url(base, false, settings));
      H2Pool pool = new H2Pool(base, source, settings.connections(), WAIT_MILLIS);
      return new H2ShardEngine(base, identity, pool, new H2Writer(connection), fresh, steps);
    } catch (SQLException e) {
      letGo(connection);
      throw e;
    }
  }

  /** A database that opened and is of no use: left open, it would be found again by whoever opens the file made anew. */
  private static void letGo(Connection connection) {
    try (connection;
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      H2Failures.unheard(e);
    }
  }

  /**
   * The database as others have to open it, too.
   *
   * @param make whether one that is not there is made
   */
  static JdbcDataSource source(Path base, boolean make, Settings settings) {
    JdbcDataSource source = new JdbcDataSource();
    source.setUrl(url(base, make, settings));
    source.setUser("ladang");
    source.setPassword("");
    return source;
  }

  static Path file(Path base) {
    return base.resolveSibling(base.getFileName() + ".mv.db");
  }

  @Override
  public String identity() {
    return identity;
  }

  private static String url(Path base, boolean make, Settings settings) {
    return "jdbc:h2:"
        + SteadyFiles.SCHEME
        + ":"
        + base.toAbsolutePath()
        + ";WRITE_DELAY=0"
        + ";RETENTION_TIME="
        + RETENTION_MILLIS
        + ";IFEXISTS="
        + (make ? "FALSE" : "TRUE")
        + ";DB_CLOSE_ON_EXIT=FALSE"
        + ";DB_CLOSE_DELAY=-1"
        + ";CACHE_SIZE="
        + settings.cacheKb()
        + ";LOCK_TIMEOUT="
        + WAIT_MILLIS
        + ";QUERY_TIMEOUT="
        + QUERY_MILLIS
        + ";QUERY_CACHE_SIZE=64"
        + ";MAX_COMPACT_TIME="
        + COMPACT_MILLIS
        + ";OPTIMIZE_REUSE_RESULTS=0"
        + ";TRACE_LEVEL_FILE=0";
  }

  private <T> T use(Use<T> work) throws SQLException {
    try (Connection connection = pool.connection()) {
      return work.run(connection.unwrap(H2Session.class));
    }
  }

  @Override
  public Map<String, Table> tables() throws SQLException {
    return writer.run(session -> H2Schema.tables(session.connection()));
  }

  @Override
  public void probe(Table wanted, Optional<Table> before) throws SQLException {
    use(
        session -> {
          H2Schema.probe(session, wanted, before);
          return wanted;
        });
  }

  @Override
  public void declare(Table wanted, Optional<Table> before) throws SQLException {
    writer.runCommitting(
        session -> {
          H2Schema.declare(session, wanted, before);
          try (Statement statement = session.connection().createStatement()) {
            statement.execute("SET QUERY_TIMEOUT " + QUERY_MILLIS);
          }
          return wanted;
        });
  }

  @Override
  public Committed write(List<Change> changes, WriteTerms terms) throws SQLException {
    return writer.run(session -> writes.write(session, changes, terms));
  }

  @Override
  public Optional<StoredRow> get(Table table, String owner, String id) throws SQLException {
    return use(session -> H2Reads.get(session, tables.sql(table), table, owner, id));
  }

  @Override
  public Optional<StoredRow> find(Table table, int bucket, String id) throws SQLException {
    return use(session -> H2Reads.find(session, tables.sql(table), table, bucket, id));
  }

  @Override
  public Rows scan(Table table, Range range) throws SQLException {
    return use(session -> H2Reads.scan(session, table, range));
  }

  @Override
  public long count(Table table, Optional<String> owner) throws SQLException {
    return use(session -> H2Reads.count(session, table, owner));
  }

  @Override
  public List<Group> countBy(Table table, Field field, int max) throws SQLException {
    return use(session -> H2Reads.countBy(session, table, field, max));
  }

  @Override
  public void apply(List<RowState> rows, long upTo) throws SQLException {
    writer.run(
        session -> {
          copies.apply(session, rows, upTo);
          return upTo;
        });
  }

  @Override
  public long applied() throws SQLException {
    return writer.run(H2Copies::applied);
  }

  @Override
  public long lastEntry() throws SQLException {
    return writer.run(H2Outbox::last);
  }

  @Override
  public List<OutboxEntry> entries(long after, int limit) throws SQLException {
    return use(session -> H2Outbox.after(session, after, limit));
  }

  @Override
  public void continueAfter(long number) throws SQLException {
    writer.runCommitting(
        session -> {
          H2Outbox.continueAfter(session, number);
          return number;
        });
  }

  @Override
  public Map<Integer, Long> owned() throws SQLException {
    return writer.run(H2Owned::all);
  }

  @Override
  public void own(Map<Integer, Long> epochs) throws SQLException {
    writer.run(
        session -> {
          H2Owned.put(session, epochs);
          return epochs;
        });
  }

  @Override
  public void disown(int bucket) throws SQLException {
    use(
        session -> {
          H2Owned.remove(session, bucket);
          return bucket;
        });
  }

  @Override
  public Optional<String> note(String key) throws SQLException {
    return writer.run(
        session -> {
          PreparedStatement select =
              session.prepare("SELECT \"value\" FROM \"note\" WHERE \"key\" = ?");
          select.setString(1, key);
          try (ResultSet result = select.executeQuery()) {
            return result.next() ? Optional.of(result.getString(1)) : Optional.empty();
          }
        });
  }

  @Override
  public void note(String key, String value) throws SQLException {
    writer.runCommitting(
        session -> {
          PreparedStatement merge =
              session.prepare("MERGE INTO \"note\"(\"key\", \"value\") VALUES(?, ?)");
          merge.setString(1, key);
          merge.setString(2, value);
          return merge.executeUpdate();
        });
  }

  @Override
  public Snapshot snapshot() throws SQLException {
    return H2Snapshot.of(pool.connection(), QUERY_MILLIS);
  }

  @Override
  public long bytes() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("The size of the shard's file cannot be read");
      return -1;
    }
  }

  @Override
  public void sync() throws SQLException {
    // Not with the writer: others write while the disk is told.
    use(
        session -> {
          try (Statement statement = session.connection().createStatement()) {
            return statement.execute(SYNC);
          }
        });
  }

  @Override
  public void syncAlone() throws SQLException {
    execute(SYNC);
  }

  private void execute(String sql) throws SQLException {
    writer.runCommitting(
        session -> {
          try (Statement statement = session.connection().createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  @Override
  public void close() {
    try {
      execute("SHUTDOWN");
    } catch (SQLException e) {
      H2Failures.unheard(e);
      // It could not write any more. All that was acknowledged is in its file, which must not stay
      // locked.
      shutDownAtOnce();
    } finally {
      pool.close();
    }
  }

  @Override
  public void abandon() {
    shutDownAtOnce();
    pool.close();
  }

  /** Without a commit before it: that may be what fails. */
  private void shutDownAtOnce() {
    try {
      writer.run(
          session -> {
            try (Statement statement = session.connection().createStatement()) {
              return statement.execute("SHUTDOWN IMMEDIATELY");
            }
          });
    } catch (SQLException e) {
      // A database that has closed itself cannot be closed once more.
      LOG.atDebug()
          .setCause(e)
          .addKeyValue("file", file.getFileName())
          .log("The shard was closed already");
    }
  }
}
