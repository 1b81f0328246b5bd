package org.ladang.security.provider;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ladang.kernel.Clock;

/**
 * Keeps a flood of refused tokens or passwords from pushing everything else out of the trail: at most ten entries in ten
 * seconds, and the number of those that were left out.
 */
final class FailureTally {
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int PER_WINDOW = 10;

  private final Clock clock;
  private long since;
  private int written;
  private long leftOut;

  FailureTally(Clock clock) {
    this.clock = clock;
    this.since = clock.nanos();
  }

  /** The note for this failure; empty when it is only to be counted. */
  synchronized Optional<String> failed(String note) {
    if (clock.nanos() - since >= WINDOW_NANOS) {
      since = clock.nanos();
      written = 0;
    }
    if (written >= PER_WINDOW) {
      leftOut++;
      return Optional.empty();
    }
    written++;
    String more = leftOut == 0 ? "" : " (and " + leftOut + " more before)";
    leftOut = 0;
    return Optional.of(note + more);
  }

  /** How many were counted since, and counts anew. */
  synchronized long drain() {
    long count = leftOut;
    leftOut = 0;
    return count;
  }
}
