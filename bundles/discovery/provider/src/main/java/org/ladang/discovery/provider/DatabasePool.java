package org.ladang.discovery.provider;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.ladang.discovery.Offer;
import org.osgi.service.jdbc.DataSourceFactory;

/** The connections to one database: made when the first is asked for, none kept that nobody needs. */
final class DatabasePool {
  private static final long IDLE_MILLIS = 60_000;
  private static final long CONNECT_MILLIS = 2_000;

  private final Offer offer;
  private final int most;
  private final Function<String, DataSourceFactory> drivers;
  private final Semaphore permits;
  private HikariDataSource pool;
  private boolean closed;

  DatabasePool(Offer offer, int most, Function<String, DataSourceFactory> drivers) {
    this.offer = offer;
    this.most = most;
    this.drivers = drivers;
    permits = new Semaphore(most, true);
  }

  /** Whether it is for just that: an address or a password that changed needs another pool. */
  boolean isFor(Offer other) {
    return offer.instance().address().equals(other.instance().address())
        && offer.access().equals(other.access());
  }

  /** Waits for a place among its connections. */
  boolean enter(long nanos) throws InterruptedException {
    return permits.tryAcquire(nanos, TimeUnit.NANOSECONDS);
  }

  void leave() {
    permits.release();
  }

  /** A connection; the caller has entered, so there is one. */
  Connection connection() throws SQLException {
    return source().getConnection();
  }

  private synchronized HikariDataSource source() throws SQLException {
    if (closed) {
      throw new SQLException("The pool is closed.", "08003");
    }
    if (pool == null) {
      HikariConfig config = new HikariConfig();
      config.setPoolName("ladang-discovery-" + offer.instance().id());
      config.setDataSource(dataSource());
      config.setMaximumPoolSize(most);
      config.setMinimumIdle(0);
      config.setIdleTimeout(IDLE_MILLIS);
      config.setConnectionTimeout(CONNECT_MILLIS);
      config.setValidationTimeout(CONNECT_MILLIS / 2);
      config.setInitializationFailTimeout(-1);
      pool = new HikariDataSource(config);
    }
    return pool;
  }

  private DataSource dataSource() throws SQLException {
    String url = offer.instance().address();
    Properties properties = new Properties();
    properties.setProperty(DataSourceFactory.JDBC_URL, bounded(url));
    String user = offer.access().get("user");
    if (user != null) {
      properties.setProperty(DataSourceFactory.JDBC_USER, user);
      properties.setProperty(
          DataSourceFactory.JDBC_PASSWORD, offer.access().getOrDefault("password", ""));
    }
    DataSource source = drivers.apply(url).createDataSource(properties);
    source.setLoginTimeout((int) TimeUnit.MILLISECONDS.toSeconds(CONNECT_MILLIS));
    return source;
  }

  /** PostgreSQL's driver waits for ever for a machine that has gone without a word, unless it is told not to. */
  private static String bounded(String url) {
    return url.startsWith("jdbc:postgresql:") && !url.contains("socketTimeout=")
        ? url + (url.contains("?") ? "&" : "?") + "socketTimeout=60"
        : url;
  }

  synchronized void close() {
    closed = true;
    if (pool != null) {
      pool.close();
    }
  }
}
