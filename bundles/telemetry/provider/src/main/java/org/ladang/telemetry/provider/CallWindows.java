package org.ladang.telemetry.provider;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallObserver;

/**
 * Counts the calls of a window and how long they took: the kernel's timers know only the distribution since the start.
 * Recording costs well under a microsecond. At most 10,000 actions; the calls of others are counted in the sums only.
 */
final class CallWindows {
  private static final long LONGEST = TimeUnit.HOURS.toMicros(1);
  private static final int MOST = 10_000;

  private final Map<String, Window> windows = new ConcurrentHashMap<>();
  private final Window all = new Window("gate", "");

  private static final class Window {
    private final String owner;
    private final String action;
    private final Recorder micros = new Recorder(2);
    private final LongAdder errors = new LongAdder();
    private Histogram spare;

    Window(String owner, String action) {
      this.owner = owner;
      this.action = action;
    }

    void add(long nanos, boolean failed) {
      micros.recordValue(Math.min(LONGEST, Math.max(1, TimeUnit.NANOSECONDS.toMicros(nanos))));
      if (failed) {
        errors.increment();
      }
    }
  }

  /** Takes a call that ended. */
  void ended(CallObserver.Call call) {
    boolean failed = !call.code().isEmpty();
    ActionInfo action = call.action();
    all.add(call.nanos(), failed);
    Window window = windows.get(action.id());
    if (window == null && windows.size() < MOST) {
      window =
          windows.computeIfAbsent(action.id(), id -> new Window(action.owner(), action.name()));
    }
    if (window != null) {
      window.add(call.nanos(), failed);
    }
  }

  /**
   * What was called since the last time, by owner and series, and begins anew. For one thread at a time.
   *
   * @param seconds how long that was
   */
  Map<String, Map<String, Double>> take(double seconds) {
    Map<String, Map<String, Double>> taken = new TreeMap<>();
    Map<String, Histogram> sums = new TreeMap<>();
    Map<String, Long> failures = new TreeMap<>();
    for (Window window : windows.values()) {
      Histogram micros = window.micros.getIntervalHistogram(window.spare);
      long errors = window.errors.sumThenReset();
      window.spare = micros;
      sums.computeIfAbsent(window.owner, owner -> new Histogram(2)).add(micros);
      failures.merge(window.owner, errors, Long::sum);
      put(taken, window.owner, window.owner + "." + window.action + ".", micros, errors, seconds);
    }
    sums.forEach(
        (owner, micros) -> put(taken, owner, owner + ".", micros, failures.get(owner), seconds));
    Histogram micros = all.micros.getIntervalHistogram(all.spare);
    all.spare = micros;
    put(taken, all.owner, "gate.", micros, all.errors.sumThenReset(), seconds);
    return taken;
  }

  private static void put(
      Map<String, Map<String, Double>> taken,
      String owner,
      String prefix,
      Histogram micros,
      long errors,
      double seconds) {
    Map<String, Double> values = taken.computeIfAbsent(owner, key -> new TreeMap<>());
    values.put(prefix + "calls", micros.getTotalCount() / seconds);
    values.put(prefix + "errors", errors / seconds);
    if (micros.getTotalCount() > 0) {
      values.put(prefix + "p95", micros.getValueAtPercentile(95) / 1000.0);
    }
  }
}
