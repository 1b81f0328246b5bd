package org.ladang.kernel.provider.time;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two threads keep the time and hand each task that is due to a pool, so that a slow task does not hold others. When
 * all threads of the pool are busy a task waits a little and is handed over again; none is lost.
 */
public final class PooledScheduler implements Scheduler, AutoCloseable {
  /** Tasks that wait or run at one time. */
  static final int MOST_TASKS = 10_000;

  /** Tasks that run at one time. */
  static final int MOST_THREADS = 32;

  private static final Duration BUSY_PAUSE = Duration.ofMillis(20);
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(PooledScheduler.class);

  private final ScheduledThreadPoolExecutor timer;
  private final ThreadPoolExecutor pool;
  private final AtomicInteger tasks = new AtomicInteger();

  /** Starts the threads that keep the time. */
  public PooledScheduler() {
    timer = new ScheduledThreadPoolExecutor(2, threads("ladang-timer-"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    pool =
        new ThreadPoolExecutor(
            0,
            MOST_THREADS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads("ladang-task-"));
  }

  private static ThreadFactory threads(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return runnable -> {
      Thread thread = new Thread(runnable, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public Task after(Duration delay, String name, Runnable task) {
    return begin(new ScheduledTask(this, name, task, Duration.ZERO), delay);
  }

  @Override
  public Task every(Duration period, String name, Runnable task) {
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("The period of " + name + " must be positive.");
    }
    return begin(new ScheduledTask(this, name, task, period), period);
  }

  private Task begin(ScheduledTask task, Duration delay) {
    if (tasks.incrementAndGet() > MOST_TASKS) {
      tasks.decrementAndGet();
      throw new LadangException(
              "LADANG-SCHEDULER-001",
              "Task " + task.name() + " cannot wait: " + MOST_TASKS + " tasks are waiting already.")
          .next("Whoever schedules tasks must cancel those it no longer needs.");
    }
    if (!arm(task, delay)) {
      task.cancel();
      throw new LadangException(
          "LADANG-SCHEDULER-002", "Task " + task.name() + " cannot wait: the runtime is stopping.");
    }
    return task;
  }

  /** Lets a task wait; false when the scheduler is closed. */
  boolean arm(ScheduledTask task, Duration delay) {
    try {
      task.waitsIn(
          timer.schedule(() -> handOver(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS));
      return true;
    } catch (RejectedExecutionException e) {
      LOG.atDebug().addKeyValue("task", task.name()).log("The scheduler is closed.");
      return false;
    }
  }

  private void handOver(ScheduledTask task) {
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      // All threads are busy: later. Closed: arm() drops it.
      arm(task, BUSY_PAUSE);
    }
  }

  /** A task is gone for good. */
  void ended() {
    tasks.decrementAndGet();
  }

  /** How many tasks wait or run. */
  int tasks() {
    return tasks.get();
  }

  /** Drops what waits, interrupts what runs, and waits at most two seconds for it. */
  @Override
  public void close() {
    timer.shutdownNow();
    pool.shutdownNow();
    try {
      if (!pool.awaitTermination(CLOSE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("A scheduled task does not end when it is interrupted; it is left behind.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
