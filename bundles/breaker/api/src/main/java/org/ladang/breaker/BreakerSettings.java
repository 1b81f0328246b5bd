package org.ladang.breaker;

import java.time.Duration;
import java.util.List;

/**
 * When a breaker opens, and how it closes again.
 *
 * @param consecutiveFailures so many failures one after the other open it; 0 switches that off
 * @param failureRate opens when this share of the calls in the window failed; 0 switches that off
 * @param slowRate opens when this share of the calls in the window was slow; 0 switches that off
 * @param slowAfter a call is slow from then on
 * @param window how many calls are looked at
 * @param minimumCalls shares count only from so many calls on
 * @param openFor how long it stays open before it lets calls pass on trial
 * @param halfOpenCalls at most so many on trial at a time
 * @param successesToClose so many successful trials close it; one that fails or is slow opens it again
 * @param lease how long a call on trial may take to come back before it counts as failed
 * @param ignored codes of {@code LadangException}s, or names of exception classes, that are no failures; a {@code *} at
 *     the end stands for the rest
 */
public record BreakerSettings(
    int consecutiveFailures,
    double failureRate,
    double slowRate,
    Duration slowAfter,
    int window,
    int minimumCalls,
    Duration openFor,
    int halfOpenCalls,
    int successesToClose,
    Duration lease,
    List<String> ignored) {
  /** Opens after five failures in a row or when half of at least twenty calls failed, for a minute. */
  public static final BreakerSettings USUAL =
      new BreakerSettings(
          5,
          0.5,
          0,
          Duration.ofSeconds(10),
          100,
          20,
          Duration.ofSeconds(60),
          2,
          2,
          Duration.ofSeconds(30),
          List.of("LADANG-GATE-001", "LADANG-GATE-002", "LADANG-GATE-003", "LADANG-BREAKER-*"));

  private static final int MOST = 100_000;

  /**
   * @throws org.ladang.kernel.LadangException {@code LADANG-BREAKER-002} when a value cannot be used
   */
  public BreakerSettings {
    Rules.between("consecutiveFailures", consecutiveFailures, 0, MOST);
    Rules.between("failureRate", failureRate, 0, 1);
    Rules.between("slowRate", slowRate, 0, 1);
    Rules.positive("slowAfter", slowAfter);
    Rules.between("window", window, 1, MOST);
    Rules.between("minimumCalls", minimumCalls, 1, window);
    Rules.positive("openFor", openFor);
    Rules.between("halfOpenCalls", halfOpenCalls, 1, 1000);
    Rules.between("successesToClose", successesToClose, 1, MOST);
    Rules.positive("lease", lease);
    ignored = List.copyOf(ignored);
  }

  /** The same, but opening after so many failures in a row, for so long. */
  public BreakerSettings after(int failures, Duration forSoLong) {
    return new BreakerSettings(
        failures,
        failureRate,
        slowRate,
        slowAfter,
        window,
        minimumCalls,
        forSoLong,
        halfOpenCalls,
        successesToClose,
        lease,
        ignored);
  }
}
