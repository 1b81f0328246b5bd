package org.ladang.shard.provider;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.Meters;
import org.ladang.shard.ShardInfo;
import org.ladang.shard.WriteOutcome;

/** Times operations and counts how they fail. */
final class Metering {
  /** What is the shard's own fault; everything else is the caller's. */
  private static final Set<String> FAULTS =
      Set.of("LADANG-SHARD-012", "LADANG-SHARD-013", "LADANG-SHARD-014", "LADANG-SHARD-016");

  private final Clock clock;
  private final Meters.Timer reads;
  private final Meters.Timer writes;
  private final Meters.Counter conflicts;
  private final Meters.Counter errors;

  /**
   * @param suffix tells the meters of one shard from those of another; empty for those of all
   */
  Metering(Meters meters, Clock clock, String suffix) {
    this.clock = clock;
    reads = meters.timer("shard.read" + suffix);
    writes = meters.timer("shard.write" + suffix);
    conflicts = meters.counter("shard.conflicts" + suffix);
    errors = meters.counter("shard.errors" + suffix);
  }

  <T> T read(Supplier<T> operation) {
    return timed(reads, operation);
  }

  <T> T write(Supplier<T> operation) {
    return timed(writes, operation);
  }

  private <T> T timed(Meters.Timer timer, Supplier<T> operation) {
    long start = clock.nanos();
    try {
      T result = operation.get();
      timer.record(clock.nanos() - start);
      return result;
    } catch (LadangException e) {
      if (e.code().equals(Refusals.CONFLICT)) {
        conflicts.increment();
      } else if (FAULTS.contains(e.code())) {
        errors.increment();
      }
      throw e;
    }
  }

  /** Counts the writes that did not find what they expected. */
  void conflicts(List<WriteOutcome> outcomes) {
    for (WriteOutcome outcome : outcomes) {
      if (outcome instanceof WriteOutcome.Refused r && r.code().equals(Refusals.CONFLICT)) {
        conflicts.increment();
      }
    }
  }

  ShardInfo.Latency reads() {
    return latency(reads.reading());
  }

  ShardInfo.Latency writes() {
    return latency(writes.reading());
  }

  long conflicts() {
    return conflicts.value();
  }

  long errors() {
    return errors.value();
  }

  private static ShardInfo.Latency latency(Meters.Reading reading) {
    return new ShardInfo.Latency(
        reading.count(), reading.p50(), reading.p95(), reading.p99(), reading.max());
  }
}
