package org.ladang.breaker.provider;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.ladang.breaker.RetrySettings;

/**
 * How many retries there may be: a share of the calls, and some in a second beyond it (after Finagle's
 * {@code RetryBudget}). Both are tokens of which only so many are kept, so that quiet times do not pay for a storm. Safe
 * for any thread, without a lock.
 */
final class RetryBudget {
  private static final long TOKEN = 1_000_000;
  private static final long SECOND = 1_000_000_000L;
  private static final long MOST_EARNED = 100 * TOKEN;

  private final LongSupplier nanos;
  private final long earnedByCall;
  private final double perSecond;
  private final AtomicLong earned = new AtomicLong();
  // When the reserve was full for the last time, so to speak: what passed since then fills it.
  private final AtomicLong emptyAt;

  RetryBudget(RetrySettings settings, LongSupplier nanos) {
    this.nanos = nanos;
    this.earnedByCall = Math.round(settings.budgetShare() * TOKEN);
    this.perSecond = settings.budgetPerSecond();
    this.emptyAt = new AtomicLong(nanos.getAsLong() - SECOND);
  }

  /** A call was made for the first time. */
  void called() {
    long now = earned.get();
    // A full purse is left alone; a lost race costs a fifth of a token.
    if (now < MOST_EARNED) {
      earned.compareAndSet(now, now + earnedByCall);
    }
  }

  /** Whether a call may be tried again. */
  boolean spend() {
    while (true) {
      long now = earned.get();
      if (now < TOKEN) {
        return reserve();
      }
      if (earned.compareAndSet(now, now - TOKEN)) {
        return true;
      }
    }
  }

  private boolean reserve() {
    if (perSecond <= 0) {
      return false;
    }
    long one = Math.round(SECOND / perSecond);
    while (true) {
      long time = nanos.getAsLong();
      long at = emptyAt.get();
      // At most what a second brings is kept.
      long from = Math.max(at, time - Math.max(SECOND, one));
      if (time - from < one) {
        return false;
      }
      if (emptyAt.compareAndSet(at, from + one)) {
        return true;
      }
    }
  }
}
