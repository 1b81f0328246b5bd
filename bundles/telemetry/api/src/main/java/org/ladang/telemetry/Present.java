package org.ladang.telemetry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How all is at this moment.
 *
 * @param over the time that rates and latencies are taken over; shorter after a start
 * @param calls by owner; those whose actions were called since the start
 * @param gauges the newest values of {@code jvm} and {@code disk}, by series
 */
public record Present(Duration over, List<Calls> calls, Map<String, Double> gauges) {
  public Present {
    calls = List.copyOf(calls);
    gauges = Map.copyOf(gauges);
  }

  /**
   * How the actions of a plugin or room were called.
   *
   * @param owner the plugin or room; {@code gate} for all
   * @param calls per second
   * @param errors calls per second that failed or were refused
   * @param p95 milliseconds: the 95th percentile of all those of ten seconds, each weighed by its calls; empty where
   *     nothing was called
   */
  public record Calls(String owner, double calls, double errors, Optional<Double> p95) {}
}
