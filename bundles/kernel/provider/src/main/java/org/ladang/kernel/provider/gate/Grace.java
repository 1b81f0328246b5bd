package org.ladang.kernel.provider.gate;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.ladang.kernel.provider.proxy.Pulse;
import org.ladang.kernel.provider.proxy.Stopping;

/** How long the gate waits for something that is being replaced. */
public final class Grace {
  private static final long LOOK_MILLIS = 50;

  private final Pulse pulse;
  private final Stopping stopping;
  private final Duration longest;

  public Grace(Pulse pulse, Stopping stopping, Duration longest) {
    this.pulse = pulse;
    this.stopping = stopping;
    this.longest = longest;
  }

  Duration longest() {
    return longest;
  }

  /** Waits until it holds, or for the grace time; says whether it holds. */
  boolean await(BooleanSupplier condition) {
    return await(condition, longest.toNanos());
  }

  /** Waits until it holds, for so long at the most and never beyond the grace time. */
  boolean await(BooleanSupplier condition, long nanos) {
    long end = System.nanoTime() + Math.min(nanos, longest.toNanos());
    while (true) {
      long seen = pulse.beats();
      if (condition.getAsBoolean()) {
        return true;
      }
      if (stopping.now() || System.nanoTime() >= end) {
        return false;
      }
      try {
        pulse.await(seen, LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
