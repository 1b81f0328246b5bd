package org.ladang.kernel.provider.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The failures of one plugin, and what follows from the newest: a restart after 1 s, twice as long after each further
 * failure up to 60 s, and quarantine at the fifth within five minutes. Five minutes without one, and all is forgotten.
 */
final class FailureCount {
  private static final int MOST = 5;
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Duration first;
  private final Deque<Instant> recent = new ArrayDeque<>();
  private int inARow;

  /** What follows from a failure. */
  sealed interface Consequence {
    /** Start it again. */
    record Restart(Duration after) implements Consequence {}

    /** Leave it alone. */
    record Quarantine(int failures, Duration within) implements Consequence {}
  }

  /**
   * No failure yet.
   *
   * @param first the wait before the first restart
   */
  FailureCount(Duration first) {
    this.first = first;
  }

  Consequence failed(Instant now) {
    // A clock that was set back must not make old failures look new for ever.
    recent.removeIf(
        then -> then.isAfter(now) || Duration.between(then, now).compareTo(WINDOW) >= 0);
    if (recent.isEmpty()) {
      inARow = 0;
    }
    recent.add(now);
    inARow++;
    if (recent.size() >= MOST) {
      return new Consequence.Quarantine(recent.size(), Duration.between(recent.peekFirst(), now));
    }
    Duration after = first;
    for (int i = 1; i < inARow && after.compareTo(LONGEST) < 0; i++) {
      after = after.multipliedBy(2);
    }
    return new Consequence.Restart(after.compareTo(LONGEST) > 0 ? LONGEST : after);
  }
}
