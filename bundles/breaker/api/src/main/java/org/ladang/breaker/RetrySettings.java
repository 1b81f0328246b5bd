package org.ladang.breaker;

import java.time.Duration;

/**
 * How a call that failed is tried again; only calls that are declared idempotent are.
 *
 * @param attempts how often it is tried at the most, the first time included; 1 switches retries off
 * @param baseDelay before the first retry
 * @param maximumDelay no pause is longer
 * @param multiplier each further pause is so many times as long
 * @param jitter a pause is that share shorter or longer, by chance
 * @param budgetShare retries are at most this share of the calls ...
 * @param budgetPerSecond ... and so many in a second beyond it
 */
public record RetrySettings(
    int attempts,
    Duration baseDelay,
    Duration maximumDelay,
    double multiplier,
    double jitter,
    double budgetShare,
    double budgetPerSecond) {
  /** Three attempts with growing pauses, under a budget of a fifth of the calls and ten in a second. */
  public static final RetrySettings USUAL =
      new RetrySettings(3, Duration.ofMillis(100), Duration.ofSeconds(2), 2, 0.5, 0.2, 10);

  /** No call is tried again. */
  public static final RetrySettings NONE = USUAL.withAttempts(1);

  /**
   * @throws org.ladang.kernel.LadangException {@code LADANG-BREAKER-002} when a value cannot be used
   */
  public RetrySettings {
    Rules.between("attempts", attempts, 1, 20);
    Rules.notNegative("baseDelay", baseDelay);
    Rules.notNegative("maximumDelay", maximumDelay);
    Rules.between("multiplier", multiplier, 1, 100);
    Rules.between("jitter", jitter, 0, 1);
    Rules.between("budgetShare", budgetShare, 0, 1);
    Rules.between("budgetPerSecond", budgetPerSecond, 0, 1_000_000);
  }

  /** The same with so many attempts. */
  public RetrySettings withAttempts(int most) {
    return new RetrySettings(
        most, baseDelay, maximumDelay, multiplier, jitter, budgetShare, budgetPerSecond);
  }
}
