package org.ladang.kernel.provider.time;

import java.time.Instant;
import org.ladang.kernel.Clock;

/** The machine's clock. */
public final class SystemClock implements Clock {
  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
