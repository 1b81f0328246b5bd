package org.ladang.breaker.provider;

import java.time.Instant;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Scheduler;

/**
 * What all policies share, injected so that tests can drive it.
 *
 * @param clock the wall clock
 * @param nanos the monotonic clock
 * @param chance from 0 to 1
 * @param pause waits on the caller's thread
 * @param scheduler for pauses of calls that answer later
 * @param limits ends calls whose time is over
 * @param actions calls an action as a degraded answer
 */
record Parts(
    Clock clock,
    LongSupplier nanos,
    DoubleSupplier chance,
    Pause pause,
    Scheduler scheduler,
    TimeLimits limits,
    Actions actions) {
  /** Ten years: longer is as good as for ever, and cannot overflow. */
  private static final long LONGEST = 10L * 365 * 86_400_000;

  /** Waits. */
  @FunctionalInterface
  interface Pause {
    void nanos(long nanos) throws InterruptedException;
  }

  /** Calls an action. */
  @FunctionalInterface
  interface Actions {
    Object call(String action, Instant until);
  }

  /** A moment of the wall clock as a reading of the monotonic one; {@link Long#MAX_VALUE} for never. */
  long reading(Instant until) {
    if (until == Instant.MAX) {
      return Long.MAX_VALUE;
    }
    Instant now = clock.now();
    if (until.isAfter(now.plusMillis(LONGEST))) {
      return Long.MAX_VALUE;
    }
    long millis = Math.max(0, until.toEpochMilli() - now.toEpochMilli());
    return nanos.getAsLong() + millis * 1_000_000;
  }
}
