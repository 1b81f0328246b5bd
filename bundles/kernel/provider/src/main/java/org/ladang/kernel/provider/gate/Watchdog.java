package org.ladang.kernel.provider.gate;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Interrupts calls whose deadline has passed. One thread looks at all calls that are under way twenty times a second:
 * a call costs two operations on a concurrent set instead of a timer of its own.
 */
final class Watchdog implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final Thread thread = new Thread(this::look, "ladang-gate-watchdog");
  private volatile boolean closed;

  Watchdog() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Watches the present thread until {@link Watch#end}. */
  Watch begin(long deadlineNanos) {
    Watch watch = new Watch(Thread.currentThread(), deadlineNanos);
    watches.add(watch);
    return watch;
  }

  int underWay() {
    return watches.size();
  }

  private void look() {
    while (!closed) {
      // Idle machines stay idle: without calls it looks once a second only.
      LockSupport.parkNanos(watches.isEmpty() ? 4 * LOOK_NANOS : LOOK_NANOS);
      long now = System.nanoTime();
      for (Watch watch : watches) {
        watch.check(now);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  /** One call on one thread. */
  final class Watch {
    private final Thread caller;
    private final long deadlineNanos;
    private boolean ended;
    private boolean late;

    private Watch(Thread caller, long deadlineNanos) {
      this.caller = caller;
      this.deadlineNanos = deadlineNanos;
    }

    private synchronized void check(long now) {
      if (!ended && !late && now - deadlineNanos >= 0) {
        late = true;
        caller.interrupt();
      }
    }

    /** The call is over; true when it was interrupted because its deadline passed. The interrupt is taken back. */
    boolean end() {
      watches.remove(this);
      synchronized (this) {
        ended = true;
        if (late) {
          Thread.interrupted();
        }
        return late;
      }
    }
  }
}
