package org.ladang.bench.breaker;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.ladang.breaker.Policies;
import org.ladang.breaker.provider.BreakerRoom;
import org.ladang.breaker.provider.PluginConfig;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.Meters;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.State;

/** The room breaker outside a framework: what it asks of the kernel is there, but nothing is kept on disk. */
final class Room implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final BreakerRoom room;

  Room() {
    timer.setRemoveOnCancelPolicy(true);
    Memory memory = new Memory();
    PluginConfig config =
        (PluginConfig)
            Proxy.newProxyInstance(
                PluginConfig.class.getClassLoader(),
                new Class<?>[] {PluginConfig.class},
                (proxy, method, arguments) -> method.getDefaultValue());
    room =
        new BreakerRoom(
            new SystemTime(),
            new Timer(timer),
            new Silent(),
            new Counters(),
            name -> memory,
            null, // Neither gate nor plugins are there.
            null,
            null,
            config);
  }

  Policies policies() {
    return room;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private record SystemTime() implements Clock {
    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }
  }

  private record Timer(ScheduledThreadPoolExecutor timer) implements Scheduler {
    @Override
    public Task after(Duration delay, String name, Runnable task) {
      var waiting = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> waiting.cancel(false);
    }

    @Override
    public Task every(Duration period, String name, Runnable task) {
      var waiting =
          timer.scheduleWithFixedDelay(
              task, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
      return () -> waiting.cancel(false);
    }
  }

  private record Silent() implements Events {
    @Override
    public void publish(
        Event.Severity severity,
        String type,
        String subject,
        String sentence,
        Map<String, Object> details) {
      // Nobody listens.
    }

    @Override
    public List<Event> recent(String typePrefix, int limit) {
      return List.of();
    }
  }

  private record Counters() implements Meters {
    @Override
    public Counter counter(String name) {
      LongAdder sum = new LongAdder();
      return new Counter() {
        @Override
        public void add(long n) {
          sum.add(n);
        }

        @Override
        public long value() {
          return sum.sum();
        }
      };
    }

    @Override
    public Timer timer(String name) {
      throw new UnsupportedOperationException("The room has no timers.");
    }

    @Override
    public List<Reading> readings(String prefix) {
      return List.of();
    }
  }

  private static final class Memory implements State {
    private final Map<String, Object> values = Collections.synchronizedMap(new TreeMap<>());

    @Override
    public Optional<Object> get(String key) {
      return Optional.ofNullable(values.get(key));
    }

    @Override
    public Map<String, Object> all() {
      synchronized (values) {
        return new TreeMap<>(values);
      }
    }

    @Override
    public void put(String key, Object value) {
      values.put(key, value);
    }

    @Override
    public void remove(String key) {
      values.remove(key);
    }

    @Override
    public Optional<Object> update(String key, UnaryOperator<Object> change) {
      return Optional.ofNullable(values.compute(key, (k, value) -> change.apply(value)));
    }
  }
}
