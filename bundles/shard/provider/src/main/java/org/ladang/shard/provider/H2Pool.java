package org.ladang.shard.provider;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The connections of one copy beside its writer's. Made when the first of them is asked for: a replica that is only
 * written never needs any, nor the threads that come with them.
 */
final class H2Pool {
  private static final long IDLE_MILLIS = 60_000;

  private final HikariConfig config = new HikariConfig();
  private volatile HikariDataSource pool;
  private boolean closed;

  H2Pool(Path base, DataSource source, int connections, long waitMillis) {
    config.setPoolName("ladang-" + base.getParent().getFileName() + "-" + base.getFileName());
    config.setDataSource(new SessionSource(source));
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE_MILLIS);
    config.setMaxLifetime(0);
    config.setConnectionTimeout(waitMillis);
    config.setInitializationFailTimeout(-1);
  }

  Connection connection() throws SQLException {
    HikariDataSource made = pool;
    return made == null ? make().getConnection() : made.getConnection();
  }

  private synchronized HikariDataSource make() throws SQLException {
    if (closed) {
      throw new SQLException("The pool is closed");
    }
    if (pool == null) {
      pool = new HikariDataSource(config);
    }
    return pool;
  }

  synchronized void close() {
    closed = true;
    if (pool != null) {
      pool.close();
    }
  }
}
