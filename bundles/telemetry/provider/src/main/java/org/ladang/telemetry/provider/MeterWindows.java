package org.ladang.telemetry.provider;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ladang.kernel.Meters;

/** Makes rates, and the mean of what came new, of meters that only ever grow. For one thread at a time. */
final class MeterWindows {
  private record Past(long count, double totalMillis) {}

  private Map<String, Past> past = new HashMap<>();

  /**
   * What came new since the last time, by owner and series; nothing for a meter that is seen for the first time.
   *
   * @param seconds how long that was
   */
  Map<String, Map<String, Double>> take(List<Meters.Reading> readings, double seconds) {
    Map<String, Map<String, Double>> taken = new TreeMap<>();
    Map<String, Past> present = new HashMap<>();
    for (Meters.Reading reading : readings) {
      // What the gate times, telemetry sees call by call.
      if (reading.name().startsWith("gate.")) {
        continue;
      }
      Past now =
          new Past(reading.count(), reading.count() * (reading.mean().toNanos() / 1_000_000.0));
      present.put(reading.name(), now);
      Past before = past.get(reading.name());
      if (before != null && now.count() >= before.count()) {
        Map<String, Double> values =
            taken.computeIfAbsent(owner(reading.name()), key -> new TreeMap<>());
        long more = now.count() - before.count();
        values.put(reading.name() + ".rate", more / seconds);
        if (more > 0 && !reading.max().isZero()) {
          values.put(
              reading.name() + ".mean",
              Math.max(0, now.totalMillis() - before.totalMillis()) / more);
        }
      }
    }
    past = present;
    return taken;
  }

  private static String owner(String meter) {
    int dot = meter.indexOf('.');
    return dot < 0 ? meter : meter.substring(0, dot);
  }
}
