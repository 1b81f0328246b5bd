package org.ladang.plugin.bots;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Meters;
import org.ladang.kernel.action.Arg;

/** Times what the plugin does. */
final class Operations {
  private static final String PREFIX = "bots.operation.";

  private final Meters meters;
  private final Clock clock;

  Operations(Meters meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
  }

  /** How long an operation took. */
  public record Latency(
      @Arg("The action.") String operation,
      @Arg("How often it was done.") long count,
      @Arg("The median.") Duration p50,
      @Arg("The 95th percentile.") Duration p95,
      @Arg("The 99th percentile.") Duration p99,
      @Arg("The longest.") Duration max) {}

  <T> T timed(String operation, Supplier<T> work) {
    long start = clock.nanos();
    T result = work.get();
    meters.timer(PREFIX + operation).record(clock.nanos() - start);
    return result;
  }

  List<Latency> latencies() {
    return meters.readings(PREFIX).stream()
        .map(
            r ->
                new Latency(
                    r.name().substring(PREFIX.length()),
                    r.count(),
                    r.p50(),
                    r.p95(),
                    r.p99(),
                    r.max()))
        .toList();
  }
}
