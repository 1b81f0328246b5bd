package org.ladang.breaker.provider;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Ends calls whose time is over: interrupts the thread of a synchronous one, runs what was given for one that answers
 * later. One thread looks at all of them every five milliseconds while there are any, and sleeps otherwise: a call costs
 * two operations on a concurrent set instead of a timer of its own.
 */
final class TimeLimits implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final LongSupplier nanos;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final Thread thread = new Thread(this::run, "ladang-breaker-limits");
  private volatile boolean idle;
  private volatile boolean closed;

  TimeLimits(LongSupplier nanos) {
    this.nanos = nanos;
    thread.setDaemon(true);
  }

  TimeLimits start() {
    thread.start();
    return this;
  }

  /** Watches the present thread until {@link Watch#end}. */
  Watch begin(long until) {
    Thread caller = Thread.currentThread();
    return add(new Watch(until, caller, null));
  }

  /** Runs {@code late} at that time unless {@link Watch#end} comes before. */
  Watch begin(long until, Runnable late) {
    return add(new Watch(until, null, late));
  }

  private Watch add(Watch watch) {
    watches.add(watch);
    if (idle) {
      LockSupport.unpark(thread);
    }
    return watch;
  }

  private void run() {
    while (!closed) {
      idle = true;
      if (watches.isEmpty()) {
        LockSupport.park(this);
      }
      idle = false;
      LockSupport.parkNanos(this, LOOK_NANOS);
      look();
    }
  }

  /** How many calls are watched. */
  int underWay() {
    return watches.size();
  }

  /** Ends what is over. */
  void look() {
    long now = nanos.getAsLong();
    for (Watch watch : watches) {
      watch.check(now);
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  /** One call. */
  final class Watch {
    private final long until;
    private final Thread caller;
    private final Runnable action;
    private boolean ended;
    private boolean late;

    private Watch(long until, Thread caller, Runnable action) {
      this.until = until;
      this.caller = caller;
      this.action = action;
    }

    private void check(long now) {
      if (now - until < 0) {
        return;
      }
      synchronized (this) {
        if (ended || late) {
          return;
        }
        late = true;
        if (caller != null) {
          caller.interrupt();
        }
      }
      if (action != null) {
        watches.remove(this);
        action.run();
      }
    }

    /** The call is over; true when its time was over before. An interrupt of ours is taken back. */
    boolean end() {
      watches.remove(this);
      synchronized (this) {
        ended = true;
        if (late && caller != null) {
          Thread.interrupted();
        }
        return late;
      }
    }
  }
}
