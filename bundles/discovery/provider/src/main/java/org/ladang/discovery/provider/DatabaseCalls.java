package org.ladang.discovery.provider;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Outcome;
import org.ladang.discovery.Databases;
import org.ladang.discovery.Kind;
import org.ladang.discovery.Query;
import org.ladang.discovery.Route;
import org.ladang.discovery.Rows;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;

/**
 * Asks one of several databases, on threads of its own: a driver may wait for ever, a caller does not. A statement that
 * takes longer than its limit is cancelled.
 */
final class DatabaseCalls implements Databases, Probe {
  private static final int TRIES = 3;
  private static final String PROBE = "SELECT 1";

  /** Work on a connection. */
  private interface Work<T> {
    T on(Connection connection, Statements statements) throws SQLException;
  }

  private final Register register;
  private final Checker checker;
  private final DatabasePools pools;
  private final ExecutorService threads;
  private final Clock clock;
  private volatile Ask here;

  DatabaseCalls(
      Register register,
      Checker checker,
      DatabasePools pools,
      ExecutorService threads,
      Clock clock,
      Ask here) {
    this.register = register;
    this.checker = checker;
    this.pools = pools;
    this.threads = threads;
    this.clock = clock;
    this.here = here;
  }

  void from(Ask place) {
    here = place;
  }

  @Override
  public Rows query(Route route, Query query) {
    return call(
        route,
        query,
        seat ->
            (connection, statements) ->
                statements.query(connection, query, seat.id(), seat.group().number));
  }

  @Override
  public long update(Route route, Query query) {
    return call(
        route, query, seat -> (connection, statements) -> statements.update(connection, query));
  }

  private <T> T call(Route route, Query query, java.util.function.Function<Seat, Work<T>> work) {
    Router router =
        register.router(
            route.key() + "|db", route, entry -> entry.instance().kind() == Kind.DATABASE);
    long deadline = clock.nanos() + query.limit().toNanos();
    Ask ask =
        router.hashing() && !query.parameters().isEmpty()
            ? new Ask(Ask.key(String.valueOf(query.parameters().get(0))), here.zone())
            : here;
    for (int tried = 1; ; tried++) {
      Seat seat = router.pick(ask);
      long begun = clock.nanos();
      try {
        T found = run(seat.entry(), deadline, work.apply(seat));
        seat.group().done(seat.id(), Outcome.OK, clock.nanos() - begun);
        return found;
      } catch (SQLException e) {
        Trouble trouble = Trouble.of(e);
        seat.group().done(seat.id(), trouble.outcome(), clock.nanos() - begun);
        if (trouble.outcome() != Outcome.OK) {
          checker.doubt(seat.entry());
        }
        if (trouble != Trouble.UNREACHED || tried == TRIES || deadline - clock.nanos() <= 0) {
          throw trouble.said(seat, query, e);
        }
      } catch (LadangException e) {
        seat.group().done(seat.id(), Outcome.FAILED, clock.nanos() - begun);
        throw e;
      }
    }
  }

  /** Runs on a thread of this room, and waits for it no longer than the caller may. */
  private <T> T run(Entry entry, long deadline, Work<T> work) throws SQLException {
    AtomicReference<PreparedStatement> running = new AtomicReference<>();
    CompletableFuture<T> result = begin(entry, deadline, work, running);
    try {
      return result.get(Math.max(0, deadline - clock.nanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      cancel(running);
      throw new SQLTimeoutException("The limit has passed.", e);
    } catch (InterruptedException e) {
      cancel(running);
      Thread.currentThread().interrupt();
      throw new SQLTimeoutException("The caller was interrupted.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw sql;
      }
      if (e.getCause() instanceof LadangException said) {
        throw said;
      }
      throw new SQLException(Checker.said(e.getCause()), e.getCause());
    }
  }

  private <T> CompletableFuture<T> begin(
      Entry entry, long deadline, Work<T> work, AtomicReference<PreparedStatement> running) {
    DatabasePool pool = pools.pool(entry);
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      threads.execute(
          () -> {
            try {
              result.complete(within(pool, deadline, work, running));
            } catch (SQLException | RuntimeException e) {
              result.completeExceptionally(e);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              result.completeExceptionally(new SQLTimeoutException("Interrupted.", e));
            }
          });
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          new SQLTransientConnectionException("Too many statements are under way.", e));
    }
    return result;
  }

  private <T> T within(
      DatabasePool pool, long deadline, Work<T> work, AtomicReference<PreparedStatement> running)
      throws SQLException, InterruptedException {
    if (!pool.enter(deadline - clock.nanos())) {
      throw new SQLTransientConnectionException("All its connections are in use.");
    }
    try (Connection connection = pool.connection()) {
      return work.on(connection, new Statements(running));
    } finally {
      pool.leave();
    }
  }

  private void cancel(AtomicReference<PreparedStatement> running) {
    PreparedStatement statement = running.get();
    if (statement != null) {
      try {
        threads.execute(() -> cancelNow(statement));
      } catch (RejectedExecutionException e) {
        // Its own timeout ends it.
        checkThatItEnds(statement);
      }
    }
  }

  private static void cancelNow(PreparedStatement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      checkThatItEnds(statement);
    }
  }

  private static void checkThatItEnds(PreparedStatement statement) {
    org.slf4j.LoggerFactory.getLogger(DatabaseCalls.class)
        .debug("{} could not be cancelled; its own timeout ends it", statement);
  }

  // As a check.

  @Override
  public CompletionStage<Finding> ask(Entry entry) {
    String what = entry.offer().check().what();
    Query query =
        Query.of(what.isEmpty() ? PROBE : what).within(entry.offer().check().timeout()).atMost(1);
    long deadline = clock.nanos() + query.limit().toNanos();
    AtomicReference<PreparedStatement> running = new AtomicReference<>();
    return begin(
            entry,
            deadline,
            (connection, statements) -> statements.query(connection, query, entry.id(), 0),
            running)
        .orTimeout(query.limit().toNanos(), TimeUnit.NANOSECONDS)
        .handle(
            (rows, failure) -> {
              if (failure == null) {
                return Finding.WELL;
              }
              cancel(running);
              return Finding.sick(Checker.said(failure));
            });
  }
}
