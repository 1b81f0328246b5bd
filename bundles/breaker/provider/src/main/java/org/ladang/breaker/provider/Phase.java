package org.ladang.breaker.provider;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.ladang.breaker.BreakerState;

/**
 * What a breaker is in at one moment. A breaker goes from one phase to the next by comparing and setting one reference;
 * a call belongs to the phase that admitted it and counts in no other.
 */
sealed interface Phase {
  /** What it means for calls. */
  BreakerState state();

  /** When it began, in nanoseconds of the clock. */
  long since();

  /** Why, as a sentence. */
  String cause();

  /** Lets pass and counts; its permits are all the same. */
  record Closed(long permit, Window window, AtomicInteger inARow, long since, String cause)
      implements Phase {
    @Override
    public BreakerState state() {
      return BreakerState.CLOSED;
    }
  }

  /** Refuses until a moment. */
  record Open(long until, long since, String cause) implements Phase {
    @Override
    public BreakerState state() {
      return BreakerState.OPEN;
    }
  }

  /** Lets some pass, each with a lease of its own. */
  record HalfOpen(Leases leases, int successes, long since, String cause) implements Phase {
    @Override
    public BreakerState state() {
      return BreakerState.HALF_OPEN;
    }
  }

  /** What an operator wants. */
  record Forced(BreakerState state, long since, String cause) implements Phase {}

  /** Calls on trial and when each must be back. Immutable and short. */
  record Leases(long[] permits, long[] until) {
    static final Leases NONE = new Leases(new long[0], new long[0]);

    int size() {
      return permits.length;
    }

    int find(long permit) {
      for (int i = 0; i < permits.length; i++) {
        if (permits[i] == permit) {
          return i;
        }
      }
      return -1;
    }

    boolean anyOver(long now) {
      for (long end : until) {
        if (now - end >= 0) {
          return true;
        }
      }
      return false;
    }

    Leases with(long permit, long end) {
      int n = permits.length;
      long[] morePermits = Arrays.copyOf(permits, n + 1);
      long[] moreUntil = Arrays.copyOf(until, n + 1);
      morePermits[n] = permit;
      moreUntil[n] = end;
      return new Leases(morePermits, moreUntil);
    }

    Leases without(int index) {
      int n = permits.length - 1;
      long[] fewerPermits = new long[n];
      long[] fewerUntil = new long[n];
      for (int i = 0; i < n; i++) {
        int from = i < index ? i : i + 1;
        fewerPermits[i] = permits[from];
        fewerUntil[i] = until[from];
      }
      return new Leases(fewerPermits, fewerUntil);
    }
  }
}
