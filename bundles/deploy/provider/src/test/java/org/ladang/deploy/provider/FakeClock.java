package org.ladang.deploy.provider;

import java.time.Duration;
import java.time.Instant;
import org.ladang.kernel.Clock;

/** Stands still until a test moves it. */
final class FakeClock implements Clock {
  private volatile long nanos = 1_000_000_000L;
  private volatile Duration wrong = Duration.ZERO;

  /** The wall clock is set back; what measures time goes on. */
  void setBack(Duration by) {
    wrong = wrong.minus(by);
  }

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public Instant now() {
    return Instant.EPOCH.plusNanos(nanos).plus(wrong);
  }

  @Override
  public long nanos() {
    return nanos;
  }
}
