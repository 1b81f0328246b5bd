package org.ladang.balancer;

import java.time.Duration;
import org.ladang.kernel.LadangException;

/**
 * How a pool treats its endpoints.
 *
 * @param slowStart how long one that is new or came back takes to get its full share; zero switches it off
 * @param failuresInARow after so many an endpoint is ejected; 0 switches it off
 * @param failureShare an endpoint of which this share of at least twenty calls within the window failed is ejected;
 *     above 1 switches it off
 * @param window over which shares are counted
 * @param ejection how long an endpoint is ejected for the first time; each further time is twice as long
 * @param longestEjection but never longer than this
 * @param mostEjected at most this share of the endpoints is ejected at once
 * @param panicBelow when a smaller share than this is available, all are used again: better to ask the sick than to
 *     break down the few that are well; 0 switches it off
 * @param reportLife how long a load report is believed
 */
public record PoolSettings(
    Duration slowStart,
    int failuresInARow,
    double failureShare,
    Duration window,
    Duration ejection,
    Duration longestEjection,
    double mostEjected,
    double panicBelow,
    Duration reportLife) {
  /** What a pool has where nothing is said. */
  public static final PoolSettings USUAL =
      new PoolSettings(
          Duration.ofSeconds(10),
          5,
          0.5,
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          0.5,
          0.5,
          Duration.ofSeconds(10));

  /**
   * @throws LadangException {@code LADANG-BALANCER-004} when a value cannot be used
   */
  public PoolSettings {
    if (slowStart.isNegative()
        || failuresInARow < 0
        || !(failureShare > 0)
        || !positive(window)
        || !positive(ejection)
        || longestEjection.compareTo(ejection) < 0
        || !share(mostEjected)
        || !share(panicBelow)
        || !positive(reportLife)) {
      throw new LadangException(
              "LADANG-BALANCER-004",
              "The settings of a pool cannot be used: times must be positive, shares lie between 0 and 1.")
          .next("The README of the balancer room lists what each may be.");
    }
  }

  private static boolean positive(Duration time) {
    return !time.isNegative() && !time.isZero();
  }

  private static boolean share(double value) {
    return value >= 0 && value <= 1;
  }
}
