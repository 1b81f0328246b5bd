package org.ladang.plugin.livestock;

import java.time.Duration;
import java.time.Instant;
import org.ladang.kernel.Clock;

/** Stands still until a test moves it. */
final class TestClock implements Clock {
  private long nanos = Duration.ofDays(1).toNanos();

  void advance(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public Instant now() {
    return Instant.EPOCH.plusNanos(nanos);
  }

  @Override
  public long nanos() {
    return nanos;
  }
}
