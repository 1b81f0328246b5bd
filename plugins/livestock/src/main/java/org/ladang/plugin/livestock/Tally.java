package org.ladang.plugin.livestock;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.ladang.kernel.Clock;

/** Counts what was asked of the boards' server in the last hour, minute by minute. Safe for any thread. */
final class Tally {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final int MINUTES = 60;

  /** What was asked for. */
  enum Kind {
    CREATE,
    UPDATE
  }

  /** So many asked for, of which so many failed, in so much time. */
  record Count(long asked, long failed, long nanos) {
    static final Count NONE = new Count(0, 0, 0);

    Count plus(Count other) {
      return new Count(asked + other.asked, failed + other.failed, nanos + other.nanos);
    }

    /** The share that succeeded; 1 where nothing was asked for. */
    double successRate() {
      return asked == 0 ? 1 : (asked - failed) / (double) asked;
    }

    Duration mean() {
      return asked == 0 ? Duration.ZERO : Duration.ofNanos(nanos / asked);
    }
  }

  private static final class Minute {
    private final long number;
    private final Map<Kind, Count> counts = new EnumMap<>(Kind.class);
    private long retries;

    Minute(long number) {
      this.number = number;
    }
  }

  private final Clock clock;
  private final Deque<Minute> minutes = new ArrayDeque<>();

  Tally(Clock clock) {
    this.clock = clock;
  }

  synchronized void asked(Kind kind, boolean good, long nanos) {
    now().counts.merge(kind, new Count(1, good ? 0 : 1, nanos), Count::plus);
  }

  synchronized void retried(long times) {
    now().retries += times;
  }

  synchronized Count count(Kind kind) {
    now();
    return minutes.stream()
        .map(m -> m.counts.getOrDefault(kind, Count.NONE))
        .reduce(Count.NONE, Count::plus);
  }

  synchronized long retries() {
    now();
    return minutes.stream().mapToLong(m -> m.retries).sum();
  }

  private Minute now() {
    long number = Math.floorDiv(clock.nanos(), MINUTE);
    while (!minutes.isEmpty() && minutes.peekFirst().number <= number - MINUTES) {
      minutes.removeFirst();
    }
    if (minutes.isEmpty() || minutes.peekLast().number != number) {
      minutes.addLast(new Minute(number));
    }
    return minutes.peekLast();
  }
}
