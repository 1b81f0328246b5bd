package org.ladang.breaker.provider;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.ladang.breaker.BreakerSettings;
import org.ladang.breaker.BreakerState;
import org.ladang.breaker.provider.Phase.Closed;
import org.ladang.breaker.provider.Phase.Forced;
import org.ladang.breaker.provider.Phase.HalfOpen;
import org.ladang.breaker.provider.Phase.Leases;
import org.ladang.breaker.provider.Phase.Open;

/**
 * The breaker of one policy: CLOSED until calls fail, OPEN for its wait, then HALF_OPEN with a few calls on trial. A call
 * asks for a permit and brings it back; what a permit of a former phase brings back counts nothing. A permit of HALF_OPEN
 * is a lease: one that is not back in time is a failed trial, so that no caller that never comes back can keep the
 * breaker half open. Safe for any thread; nothing here waits or takes a lock.
 */
final class Breaker {
  /** No permit: the call is refused. */
  static final long REFUSED = -1;

  /** The permit of a breaker that counts nothing. */
  static final long UNCOUNTED = 0;

  /** Is told after each change. */
  interface Watcher {
    /** It went from one phase to another. */
    void changed(Phase from, Phase to);

    /** A lease was given or came back. */
    default void leased() {}
  }

  private final LongSupplier nanos;
  private final AtomicLong permits;
  private final Watcher watcher;
  private final AtomicReference<Phase> phase;
  private volatile BreakerSettings settings;

  /**
   * @param nanos the monotonic clock
   * @param permits gives numbers greater than zero and than any permit that may still be outstanding
   */
  Breaker(BreakerSettings settings, LongSupplier nanos, AtomicLong permits, Watcher watcher) {
    this.settings = settings;
    this.nanos = nanos;
    this.permits = permits;
    this.watcher = watcher;
    this.phase = new AtomicReference<>(closed("It is new."));
  }

  BreakerSettings settings() {
    return settings;
  }

  /** Other settings; the phase stays, with an empty window. */
  void settings(BreakerSettings other) {
    if (!other.equals(settings)) {
      settings = other;
      Phase now = phase.get();
      if (now instanceof Closed) {
        phase.compareAndSet(now, closed(now.cause()));
      }
    }
  }

  Phase phase() {
    return phase.get();
  }

  /** Takes over a phase as it was left, by another process or provider. */
  void adopt(Phase left) {
    phase.set(left);
  }

  Closed closed(String cause) {
    return new Closed(
        permits.getAndIncrement(),
        new Window(settings),
        new AtomicInteger(),
        nanos.getAsLong(),
        cause);
  }

  /** Asks for a permit; {@link #REFUSED} when there is none. */
  long acquire() {
    while (true) {
      Phase now = phase.get();
      if (now instanceof Closed closed) {
        return closed.permit();
      }
      if (now instanceof Forced forced) {
        return forced.state() == BreakerState.DISABLED ? UNCOUNTED : REFUSED;
      }
      long time = nanos.getAsLong();
      if (now instanceof Open open) {
        if (time - open.until() < 0) {
          return REFUSED;
        }
        long permit = permits.getAndIncrement();
        Leases first = Leases.NONE.with(permit, time + settings.lease().toNanos());
        if (move(open, new HalfOpen(first, 0, time, "Its wait is over: calls are on trial."))) {
          return permit;
        }
      } else if (now instanceof HalfOpen half && !overdue(half, time)) {
        if (half.leases().size() >= settings.halfOpenCalls()) {
          return REFUSED;
        }
        long permit = permits.getAndIncrement();
        Leases more = half.leases().with(permit, time + settings.lease().toNanos());
        if (step(half, more, half.successes())) {
          return permit;
        }
      }
    }
  }

  /** A call with that permit has ended. */
  void done(long permit, boolean failed, long took) {
    if (permit == UNCOUNTED) {
      return;
    }
    while (true) {
      Phase now = phase.get();
      if (now instanceof Closed closed) {
        if (closed.permit() == permit) {
          count(closed, failed, took);
        }
        return;
      }
      if (!(now instanceof HalfOpen half)) {
        return;
      }
      int index = half.leases().find(permit);
      if (index < 0 || judge(half, index, failed, took)) {
        return;
      }
    }
  }

  /** A call with that permit was not made after all, or its end says nothing. */
  void release(long permit) {
    while (phase.get() instanceof HalfOpen half) {
      int index = half.leases().find(permit);
      if (index < 0 || step(half, half.leases().without(index), half.successes())) {
        return;
      }
    }
  }

  /** Looks for leases that are over; called now and then, so that what is shown is true. */
  void look() {
    if (phase.get() instanceof HalfOpen half) {
      overdue(half, nanos.getAsLong());
    }
  }

  void force(BreakerState wanted, String why) {
    while (true) {
      Phase now = phase.get();
      Phase next =
          wanted == BreakerState.CLOSED ? closed(why) : new Forced(wanted, nanos.getAsLong(), why);
      if (move(now, next)) {
        return;
      }
    }
  }

  private void count(Closed closed, boolean failed, long took) {
    boolean slow = slow(took);
    int row = 0;
    if (failed) {
      row = closed.inARow().incrementAndGet();
    } else if (closed.inARow().get() != 0) {
      closed.inARow().set(0);
    }
    Window.Verdict verdict = closed.window().record(failed, slow, took);
    int most = settings.consecutiveFailures();
    if (most > 0 && row >= most) {
      open(closed, row + " calls in a row failed.");
    } else if (verdict == Window.Verdict.FAILING) {
      open(closed, percent(closed.window().failureRate()) + " of the last calls failed.");
    } else if (verdict == Window.Verdict.SLOW) {
      open(
          closed,
          percent(closed.window().slowRate())
              + " of the last calls took longer than "
              + settings.slowAfter().toMillis()
              + " ms.");
    }
  }

  /** Whether that was settled; otherwise the phase has moved and is to be looked at again. */
  private boolean judge(HalfOpen half, int index, boolean failed, long took) {
    if (failed) {
      return open(half, "A call on trial failed.");
    }
    if (settings.slowRate() > 0 && slow(took)) {
      return open(half, "A call on trial was slow.");
    }
    int successes = half.successes() + 1;
    return successes >= settings.successesToClose()
        ? move(half, closed(successes + " calls on trial succeeded."))
        : step(half, half.leases().without(index), successes);
  }

  private boolean overdue(HalfOpen half, long time) {
    if (!half.leases().anyOver(time)) {
      return false;
    }
    open(half, "A call on trial did not come back within " + settings.lease().toMillis() + " ms.");
    return true;
  }

  private boolean open(Phase from, String cause) {
    long time = nanos.getAsLong();
    return move(from, new Open(time + settings.openFor().toNanos(), time, cause));
  }

  private boolean slow(long took) {
    return took >= settings.slowAfter().toNanos();
  }

  private boolean step(HalfOpen from, Leases leases, int successes) {
    boolean moved =
        phase.compareAndSet(from, new HalfOpen(leases, successes, from.since(), from.cause()));
    if (moved) {
      watcher.leased();
    }
    return moved;
  }

  private boolean move(Phase from, Phase to) {
    boolean moved = phase.compareAndSet(from, to);
    if (moved) {
      watcher.changed(from, to);
    }
    return moved;
  }

  /** How long an open breaker still waits. */
  Duration left() {
    return phase.get() instanceof Open open
        ? Duration.ofNanos(Math.max(0, open.until() - nanos.getAsLong()))
        : Duration.ZERO;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }
}
