package org.ladang.breaker.provider;

import java.util.function.DoubleSupplier;
import org.ladang.breaker.RetrySettings;

/** The pause before a retry: grows by a factor up to a longest, and is a little shorter or longer by chance. */
final class Backoff {
  private Backoff() {}

  /**
   * @param retry the first is 1
   * @param chance from 0 to 1
   * @return nanoseconds
   */
  static long nanos(RetrySettings settings, int retry, DoubleSupplier chance) {
    double longest = settings.maximumDelay().toNanos();
    double pause =
        Math.min(
            longest, settings.baseDelay().toNanos() * Math.pow(settings.multiplier(), retry - 1.0));
    double factor = 1 + settings.jitter() * (2 * chance.getAsDouble() - 1);
    return Math.round(Math.min(longest, pause * factor));
  }
}
