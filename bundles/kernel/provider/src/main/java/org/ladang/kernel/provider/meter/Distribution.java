package org.ladang.kernel.provider.meter;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.ladang.kernel.Meters;

/**
 * A timer on an HdrHistogram of two digits, which is exact to one percent. It grows with the longest duration, and
 * there is none until something is recorded: a thousand idle actions cost nothing.
 */
final class Distribution implements Meters.Timer {
  private static final long LONGEST = TimeUnit.DAYS.toNanos(1);

  /** Below that nothing is told apart; saves buckets that nobody looks at. */
  private static final long SHORTEST = 32;

  private final String name;
  private volatile Histogram histogram;

  Distribution(String name) {
    this.name = name;
  }

  @Override
  public void record(long nanos) {
    Histogram present = histogram;
    (present == null ? first() : present).recordValue(Math.min(Math.max(0, nanos), LONGEST));
  }

  private synchronized Histogram first() {
    if (histogram == null) {
      ConcurrentHistogram made = new ConcurrentHistogram(SHORTEST, SHORTEST * 2, 2);
      made.setAutoResize(true);
      histogram = made;
    }
    return histogram;
  }

  @Override
  public Meters.Reading reading() {
    Histogram present = histogram;
    if (present == null) {
      return RuntimeMeters.sum(name, 0);
    }
    Histogram now = present.copy();
    return new Meters.Reading(
        name,
        now.getTotalCount(),
        Duration.ofNanos((long) now.getMean()),
        at(now, 50),
        at(now, 95),
        at(now, 99),
        Duration.ofNanos(now.getMaxValue()));
  }

  private static Duration at(Histogram histogram, double percentile) {
    return Duration.ofNanos(histogram.getValueAtPercentile(percentile));
  }
}
