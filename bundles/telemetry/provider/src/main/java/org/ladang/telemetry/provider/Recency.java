package org.ladang.telemetry.provider;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ladang.telemetry.Present;

/** The samples of the last five minutes, as far as they are about an owner as a whole. Safe for any thread. */
final class Recency {
  private static final int SAMPLES = 30;

  private final Deque<Map<String, Double>> samples = new ArrayDeque<>();
  private Map<String, Map<String, Double>> newest = Map.of();

  /** Takes what was measured, by owner and series. */
  synchronized void add(Map<String, Map<String, Double>> taken) {
    Map<String, Double> sums = new TreeMap<>();
    taken.forEach(
        (owner, values) -> {
          for (String what : List.of(".calls", ".errors", ".p95")) {
            Double value = values.get(owner + what);
            if (value != null) {
              sums.put(owner + what, value);
            }
          }
        });
    samples.addLast(sums);
    if (samples.size() > SAMPLES) {
      samples.removeFirst();
    }
    newest = taken;
  }

  synchronized Present present() {
    TreeSet<String> owners = new TreeSet<>();
    samples.forEach(
        sample ->
            sample.keySet().stream()
                .filter(name -> name.endsWith(".calls"))
                .forEach(name -> owners.add(name.substring(0, name.length() - ".calls".length()))));
    List<Present.Calls> calls = new ArrayList<>();
    for (String owner : owners) {
      calls.add(
          new Present.Calls(
              owner, mean(owner + ".calls"), mean(owner + ".errors"), percentile(owner)));
    }
    Map<String, Double> gauges = new TreeMap<>(newest.getOrDefault("jvm", Map.of()));
    gauges.putAll(newest.getOrDefault("disk", Map.of()));
    return new Present(Duration.ofSeconds(10L * samples.size()), calls, gauges);
  }

  private double mean(String name) {
    return samples.stream().mapToDouble(sample -> sample.getOrDefault(name, 0.0)).sum()
        / Math.max(1, samples.size());
  }

  /**
   * The 95th percentile of the ten seconds' 95th percentiles, each weighed by its calls: one long call among many in a time
   * of few does not make all of them slow.
   */
  private Optional<Double> percentile(String owner) {
    TreeMap<Double, Double> callsByLatency = new TreeMap<>();
    for (Map<String, Double> sample : samples) {
      Double latency = sample.get(owner + ".p95");
      if (latency != null) {
        callsByLatency.merge(latency, sample.getOrDefault(owner + ".calls", 0.0), Double::sum);
      }
    }
    double all = callsByLatency.values().stream().mapToDouble(Double::doubleValue).sum();
    double counted = 0;
    for (Map.Entry<Double, Double> entry : callsByLatency.entrySet()) {
      counted += entry.getValue();
      if (counted >= all * 0.95) {
        return Optional.of(entry.getKey());
      }
    }
    return Optional.empty();
  }
}
