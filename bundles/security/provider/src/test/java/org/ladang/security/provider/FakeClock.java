package org.ladang.security.provider;

import java.time.Duration;
import java.time.Instant;
import org.ladang.kernel.Clock;

/** Time that stands still until a test moves it. */
final class FakeClock implements Clock {
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private volatile long nanos = 1;

  void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanos() {
    return nanos;
  }
}
