package org.ladang.deploy.provider;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.ladang.kernel.action.CallObserver;

/**
 * How many calls went to each bundle, and how many failed by its fault: it threw, or the deadline passed. What a caller
 * did wrong, and a refusal in the bundle's own words, is no failure. Safe for any thread; recording takes nanoseconds.
 */
final class CallTally {
  private static final Set<String> FAULTS = Set.of("LADANG-GATE-004", "LADANG-GATE-006");

  /** A sum at one moment. */
  record Sum(long calls, long failures) {
    static final Sum NONE = new Sum(0, 0);

    Sum since(Sum earlier) {
      return new Sum(calls - earlier.calls, failures - earlier.failures);
    }

    double rate() {
      return calls == 0 ? 0 : (double) failures / calls;
    }
  }

  private record Counts(LongAdder calls, LongAdder failures) {}

  private final Map<String, Counts> counts = new ConcurrentHashMap<>();

  void ended(CallObserver.Call call) {
    Counts of =
        counts.computeIfAbsent(
            call.action().provider(), p -> new Counts(new LongAdder(), new LongAdder()));
    of.calls().increment();
    if (FAULTS.contains(call.code())) {
      of.failures().increment();
    }
  }

  /** All calls so far of a bundle, by symbolic name. */
  Sum of(String symbolicName) {
    Counts of = counts.get(symbolicName);
    return of == null ? Sum.NONE : new Sum(of.calls().sum(), of.failures().sum());
  }
}
