package org.ladang.breaker.provider;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.ladang.breaker.Measures;

/** What happened in the last hour, minute by minute. Counting takes no lock and allocates once a minute. */
final class HourRing {
  private static final int MINUTES = 60;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final AtomicReferenceArray<Slot> slots = new AtomicReferenceArray<>(MINUTES);
  private final LongSupplier nanos;

  /** One minute. */
  static final class Slot {
    private final long minute;
    final LongAdder calls = new LongAdder();
    final LongAdder succeeded = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder took = new LongAdder();
    final LongAdder retries = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder fallbacks = new LongAdder();
    final LongAdder degraded = new LongAdder();

    private Slot(long minute) {
      this.minute = minute;
    }
  }

  HourRing(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The present minute. */
  Slot now() {
    return at(nanos.getAsLong());
  }

  /** The minute of a reading of the clock that somebody has taken already. */
  Slot at(long time) {
    long minute = Math.floorDiv(time, MINUTE_NANOS);
    int index = (int) Math.floorMod(minute, (long) MINUTES);
    Slot slot = slots.get(index);
    if (slot != null && slot.minute == minute) {
      return slot;
    }
    Slot fresh = new Slot(minute);
    return slots.compareAndSet(index, slot, fresh) ? fresh : slots.get(index);
  }

  Measures measures() {
    long minute = Math.floorDiv(nanos.getAsLong(), MINUTE_NANOS);
    long calls = 0;
    long succeeded = 0;
    long failed = 0;
    long took = 0;
    long retries = 0;
    long refused = 0;
    long fallbacks = 0;
    long degraded = 0;
    for (int i = 0; i < MINUTES; i++) {
      Slot slot = slots.get(i);
      if (slot != null && minute - slot.minute < MINUTES) {
        calls += slot.calls.sum();
        succeeded += slot.succeeded.sum();
        failed += slot.failed.sum();
        took += slot.took.sum();
        retries += slot.retries.sum();
        refused += slot.refused.sum();
        fallbacks += slot.fallbacks.sum();
        degraded += slot.degraded.sum();
      }
    }
    long ended = succeeded + failed;
    return new Measures(
        calls,
        ended == 0 ? 1 : (double) succeeded / ended,
        Duration.ofNanos(ended == 0 ? 0 : took / ended),
        failed,
        retries,
        refused,
        fallbacks,
        degraded);
  }
}
