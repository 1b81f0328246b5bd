package org.ladang.kernel.provider.gate;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which doors' calls run, the timer of their deadlines, and the watchdog. */
public final class GateThreads implements AutoCloseable {
  /** How many calls of doors may be under way. */
  static final int MOST_CALLS = 256;

  private final ThreadPoolExecutor callers =
      new ThreadPoolExecutor(
          0, MOST_CALLS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), named("ladang-call-"));
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, named("ladang-gate-timer-"));
  private final Watchdog watchdog = new Watchdog();

  public GateThreads() {
    timer.setRemoveOnCancelPolicy(true);
  }

  Watchdog watchdog() {
    return watchdog;
  }

  int busy() {
    return callers.getActiveCount();
  }

  void execute(Runnable call) {
    callers.execute(call);
  }

  /** Runs something after so many milliseconds, unless {@code unless} is complete by then. */
  void later(long millis, CompletableFuture<?> unless, Runnable task) {
    ScheduledFuture<?> scheduled = timer.schedule(task, millis, TimeUnit.MILLISECONDS);
    unless.whenComplete((value, e) -> scheduled.cancel(false));
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void close() {
    callers.shutdownNow();
    timer.shutdownNow();
    watchdog.close();
  }
}
