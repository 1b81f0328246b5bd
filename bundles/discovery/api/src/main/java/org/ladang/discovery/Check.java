package org.ladang.discovery;

import java.time.Duration;
import org.ladang.kernel.LadangException;

/**
 * How an endpoint is asked whether it is alive.
 *
 * @param interval between the end of one and the start of the next; zero for none at all
 * @param timeout after which it has failed
 * @param what a path over HTTP ({@code /health}) that must answer with a status below 400, a query for a database, a
 *     method without arguments of a local service that must not throw nor return false; empty for what is usual: any
 *     answer to {@code GET /}, {@code SELECT 1}, whether the bundle runs
 * @param failures in a row until it is taken for down
 * @param successes in a row until it is taken for up again
 */
public record Check(Duration interval, Duration timeout, String what, int failures, int successes) {
  private static final Duration LEAST = Duration.ofMillis(10);

  /** Every half second, with a second to answer; two failures make it down, one success up. */
  public static final Check USUAL =
      new Check(Duration.ofMillis(500), Duration.ofSeconds(1), "", 2, 1);

  /**
   * @throws LadangException {@code LADANG-DISCOVERY-003} when a value cannot be used
   */
  public Check {
    boolean none = interval.isZero();
    if (interval.isNegative()
        || !none && interval.compareTo(LEAST) < 0
        || timeout.compareTo(LEAST) < 0
        || failures < 1
        || successes < 1) {
      throw new LadangException(
              "LADANG-DISCOVERY-003", "A check needs times of at least 10 ms, and counts above 0.")
          .next("An interval of zero switches it off.");
    }
  }

  /** The usual check of something else. */
  public static Check of(String what) {
    return new Check(USUAL.interval, USUAL.timeout, what, USUAL.failures, USUAL.successes);
  }
}
