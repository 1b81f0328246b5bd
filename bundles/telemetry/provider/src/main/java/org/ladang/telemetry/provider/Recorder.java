package org.ladang.telemetry.provider;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;

/** Writes down what was measured, a row for every ten seconds. For one thread at a time. */
final class Recorder {
  private final Shelves shelves;
  private final Sources sources;
  private final Clock clock;
  private final Events events;
  private final Recency recency;
  private final LongAdder unwritten = new LongAdder();
  private final LongAdder homeless = new LongAdder();
  private volatile Optional<Instant> last = Optional.empty();
  private long lastNanos;
  private long summedUp;
  private boolean refused;

  /** Gives all that is measured, by owner and series. */
  interface Sources {
    /**
     * @param seconds since the last time
     */
    Map<String, Map<String, Double>> take(double seconds) throws IOException;
  }

  Recorder(Shelves shelves, Sources sources, Recency recency, Clock clock, Events events) {
    this.recency = recency;
    this.shelves = shelves;
    this.sources = sources;
    this.clock = clock;
    this.events = events;
    this.lastNanos = clock.nanos();
    this.summedUp = Step.COARSE.slot(clock.now()) - 1;
    catchUp();
  }

  /** Sums the five minutes up in which the runtime went down the last time. */
  private void catchUp() {
    for (Shelf shelf : shelves.all().values()) {
      try {
        Optional<Instant> written = shelf.written();
        if (written.isPresent()) {
          shelf.sumUp(Step.COARSE.slot(written.get()));
        }
      } catch (IOException failure) {
        unwritten.increment();
      }
    }
  }

  /** Takes a sample now. Never throws because of the disk: what it refuses is counted, and told once. */
  void sample() {
    Instant now = clock.now();
    long nanos = clock.nanos();
    // Two samples of one moment would divide by nothing.
    double seconds = Math.max(0.001, (nanos - lastNanos) / 1e9);
    lastNanos = nanos;
    try {
      Map<String, Map<String, Double>> taken = sources.take(seconds);
      recency.add(taken);
      for (Map.Entry<String, Map<String, Double>> owner : taken.entrySet()) {
        Optional<Shelf> shelf = shelves.of(owner.getKey());
        if (shelf.isPresent()) {
          shelf.get().write(Step.FINE.slot(now), owner.getValue());
        } else {
          homeless.add(owner.getValue().size());
        }
      }
      sumUp(now);
      last = Optional.of(now);
      if (refused) {
        refused = false;
        events.info("telemetry.recovered", "telemetry", "History is recorded again.");
      }
    } catch (IOException failure) {
      unwritten.increment();
      if (!refused) {
        refused = true;
        events.error(
            "telemetry.stopped",
            "telemetry",
            "History is not recorded: the disk refuses it: " + failure.getMessage() + ".");
      }
    }
  }

  private void sumUp(Instant now) throws IOException {
    long over = Step.COARSE.slot(now) - 1;
    if (over <= summedUp) {
      return;
    }
    for (Shelf shelf : shelves.all().values()) {
      shelf.sumUp(over);
    }
    shelves.forget(now.minus(Step.COARSE.reach()));
    summedUp = over;
  }

  Optional<Instant> last() {
    return last;
  }

  long unwritten() {
    return unwritten.sum();
  }

  /** Values of owners beyond the most that there may be. */
  long homeless() {
    return homeless.sum();
  }
}
