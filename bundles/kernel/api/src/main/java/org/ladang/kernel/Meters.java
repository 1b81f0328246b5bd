package org.ladang.kernel;

import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Counters and timers, by name; the same name gives the same meter. Recording takes well under a microsecond and never
 * blocks. At most 10,000 names: what comes after is counted under {@code overflow}.
 */
@ProviderType
public interface Meters {
  /** A counter, for example {@code deploy.refused}. */
  Counter counter(String name);

  /** A timer, for example {@code gate.bots.create_bot}. */
  Timer timer(String name);

  /** All meters whose name starts so, in the order of their names. */
  List<Reading> readings(String prefix);

  /** Counts up. */
  @ProviderType
  interface Counter {
    /** Adds {@code n}, which is not negative. */
    void add(long n);

    /** Adds one. */
    default void increment() {
      add(1);
    }

    /** The sum so far. */
    long value();
  }

  /** Records durations and gives their distribution since the start. */
  @ProviderType
  interface Timer {
    /** Records one duration in nanoseconds. */
    void record(long nanos);

    /** The distribution so far. */
    Reading reading();
  }

  /**
   * A meter at one moment.
   *
   * @param name the meter's name
   * @param count how often it was recorded, or the sum of a counter
   * @param mean the mean duration; zero for a counter, as are the others
   * @param p50 the median
   * @param p95 the 95th percentile
   * @param p99 the 99th percentile
   * @param max the longest
   */
  record Reading(
      String name,
      long count,
      Duration mean,
      Duration p50,
      Duration p95,
      Duration p99,
      Duration max) {}
}
