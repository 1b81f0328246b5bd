package org.ladang.shard.provider;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.ladang.kernel.Clock;

/**
 * The first versions of rows: the time in microseconds, growing. A row that is deleted and made anew thereby never has a
 * version again that someone may still hold from before, which starting at 1 would give it; a row cannot be written a
 * million times a second. When the clock stands or goes back, the next one is a million further: versions of rows that
 * were written since count on from their first ones. Exact in JavaScript until the year 2255.
 */
final class FirstVersions implements LongSupplier {
  private static final long STEP = 1_000_000;

  private final Clock clock;
  private final AtomicLong last = new AtomicLong();

  FirstVersions(Clock clock) {
    this.clock = clock;
  }

  @Override
  public long getAsLong() {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.now());
    return last.updateAndGet(former -> now > former ? now : former + STEP);
  }
}
