package org.ladang.kernel.provider.time;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.ladang.kernel.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task from when it is scheduled until it has run for the last time or was cancelled. */
final class ScheduledTask implements Scheduler.Task, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduledTask.class);

  private enum Phase {
    WAITING,
    RUNNING,
    OVER
  }

  private final PooledScheduler scheduler;
  private final String name;
  private final Runnable work;
  private final Duration period;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
  private volatile Future<?> timer;

  /**
   * @param period zero for a task that runs once
   */
  ScheduledTask(PooledScheduler scheduler, String name, Runnable work, Duration period) {
    this.scheduler = scheduler;
    this.name = name;
    this.work = work;
    this.period = period;
  }

  String name() {
    return name;
  }

  void waitsIn(Future<?> now) {
    timer = now;
    if (phase.get() == Phase.OVER) {
      now.cancel(false);
    }
  }

  @Override
  public void run() {
    if (!phase.compareAndSet(Phase.WAITING, Phase.RUNNING)) {
      return;
    }
    Thread thread = Thread.currentThread();
    String threadName = thread.getName();
    thread.setName("ladang-task " + name);
    try {
      work.run();
    } catch (Throwable e) {
      // Whatever a task throws must not end it, nor the thread that others use.
      LOG.atWarn().setCause(e).addKeyValue("task", name).log("Task " + name + " failed: " + e);
    } finally {
      thread.setName(threadName);
    }
    if (period.isZero()) {
      over();
    } else if (phase.compareAndSet(Phase.RUNNING, Phase.WAITING) && !scheduler.arm(this, period)) {
      over();
    }
  }

  @Override
  public void cancel() {
    over();
    Future<?> waiting = timer;
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  private void over() {
    if (phase.getAndSet(Phase.OVER) != Phase.OVER) {
      scheduler.ended();
    }
  }
}
