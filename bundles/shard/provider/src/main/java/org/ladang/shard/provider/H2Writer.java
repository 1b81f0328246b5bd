package org.ladang.shard.provider;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one session in which a copy is written: it belongs to no pool, commits when it is told,
 * and has all its statements ready.
 */
final class H2Writer {
  /** A transaction's work; it commits itself. */
  interface Work<T> {
    T run(H2Session session) throws SQLException;
  }

  private static final long WAIT_SECONDS = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final H2Session session;

  /**
   * @param connection its own from now on
   */
  H2Writer(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    session = new H2Session(connection);
  }

  /** Runs a transaction; what it has not committed when it throws is rolled back. */
  <T> T run(Work<T> work) throws SQLException {
    acquire();
    try {
      boolean done = false;
      try {
        T result = work.run(session);
        done = true;
        return result;
      } finally {
        if (!done) {
          rollback();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Runs something that commits each statement by itself. */
  <T> T runCommitting(Work<T> work) throws SQLException {
    return run(
        own -> {
          own.connection().setAutoCommit(true);
          try {
            return work.run(own);
          } finally {
            own.connection().setAutoCommit(false);
          }
        });
  }

  /** What failed before is what the caller hears. */
  private void rollback() {
    try {
      session.connection().rollback();
    } catch (SQLException e) {
      H2Failures.unheard(e);
    }
  }

  private void acquire() throws SQLException {
    if (lock.tryLock()) {
      return;
    }
    try {
      if (!lock.tryLock(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new SQLException("The writer did not come free in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("Interrupted while waiting for the writer", e);
    }
  }
}
