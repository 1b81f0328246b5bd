package org.ladang.kernel.provider.meter;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ladang.kernel.Meters;

/** All meters of the runtime. */
public final class RuntimeMeters implements Meters {
  /** What counts when there are too many names. */
  static final String OVERFLOW = "overflow";

  private final int most;
  private final AtomicInteger names = new AtomicInteger();
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  /** Meters of at most 10,000 names. */
  public RuntimeMeters() {
    this(10_000);
  }

  RuntimeMeters(int most) {
    this.most = most;
  }

  @Override
  public Counter counter(String name) {
    return get(counters, name, key -> new Sum());
  }

  @Override
  public Timer timer(String name) {
    return get(timers, name, Distribution::new);
  }

  private <M> M get(Map<String, M> meters, String name, Function<String, M> make) {
    M meter = meters.get(name);
    if (meter != null) {
      return meter;
    }
    if (names.get() >= most) {
      return meters.computeIfAbsent(OVERFLOW, make);
    }
    return meters.computeIfAbsent(
        name,
        key -> {
          names.incrementAndGet();
          return make.apply(key);
        });
  }

  @Override
  public List<Reading> readings(String prefix) {
    return Stream.concat(
            counters.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> sum(entry.getKey(), entry.getValue().value())),
            timers.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> entry.getValue().reading()))
        .sorted(Comparator.comparing(Reading::name))
        .toList();
  }

  /** A reading that has a count and no durations. */
  static Reading sum(String name, long count) {
    return new Reading(
        name, count, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  private static final class Sum implements Counter {
    private final LongAdder sum = new LongAdder();

    @Override
    public void add(long n) {
      if (n < 0) {
        throw new IllegalArgumentException("A counter does not count down.");
      }
      sum.add(n);
    }

    @Override
    public long value() {
      return sum.sum();
    }
  }
}
