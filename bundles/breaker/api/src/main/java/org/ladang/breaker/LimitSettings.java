package org.ladang.breaker;

import java.time.Duration;

/**
 * How many calls there may be, and how long one may take.
 *
 * @param callsPerSecond how many may begin within a second; 0 for any number
 * @param rateWait how long a call waits for its turn before it is refused
 * @param concurrent how many may be under way; 0 for any number
 * @param concurrentWait how long a call waits for a place before it is refused
 * @param timeLimit how long a call may take; zero for no limit
 * @param adaptive how the number of calls at a time is found; {@code concurrent} is the most it may become
 * @param observe whether the number that was found is only shown and refuses nobody
 */
public record LimitSettings(
    int callsPerSecond,
    Duration rateWait,
    int concurrent,
    Duration concurrentWait,
    Duration timeLimit,
    Adaptive adaptive,
    boolean observe) {
  /** No limits. */
  public static final LimitSettings NONE =
      new LimitSettings(0, Duration.ZERO, 0, Duration.ZERO, Duration.ZERO, Adaptive.OFF, false);

  /**
   * @throws org.ladang.kernel.LadangException {@code LADANG-BREAKER-002} when a value cannot be used
   */
  public LimitSettings {
    Rules.between("callsPerSecond", callsPerSecond, 0, 10_000_000);
    Rules.notNegative("rateWait", rateWait);
    Rules.between("concurrent", concurrent, 0, 100_000);
    Rules.notNegative("concurrentWait", concurrentWait);
    Rules.notNegative("timeLimit", timeLimit);
  }

  /** The same with that time limit. */
  public LimitSettings within(Duration limit) {
    return new LimitSettings(
        callsPerSecond, rateWait, concurrent, concurrentWait, limit, adaptive, observe);
  }

  /** The same with at most so many calls at a time. */
  public LimitSettings atOnce(int most) {
    return new LimitSettings(
        callsPerSecond, rateWait, most, concurrentWait, timeLimit, adaptive, observe);
  }
}
