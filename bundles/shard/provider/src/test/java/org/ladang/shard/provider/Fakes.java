package org.ladang.shard.provider;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.Home;
import org.ladang.kernel.Meters;
import org.ladang.kernel.Scheduler;

/** The kernel, as far as a shard needs it. */
final class Fakes {
  private Fakes() {}

  static ShardedCluster cluster(Path root, TestClock clock, Events events, boolean readOnly) {
    return new ShardedCluster(
        new TestConfig(readOnly),
        new TestHome(root),
        clock,
        new TestMeters(),
        events,
        new TestScheduler());
  }

  static ShardedCluster cluster(Path root) {
    return cluster(root, new TestClock(), new TestEvents(), false);
  }

  static ShardedCluster cluster(Path root, String node) {
    return new ShardedCluster(
        new TestConfig(false),
        new TestHome(root, node),
        new TestClock(),
        new TestMeters(),
        new TestEvents(),
        new TestScheduler());
  }

  record TestHome(Path root, String nodeId) implements Home {
    TestHome(Path root) {
      this(root, "test-node");
    }

    @Override
    public String version() {
      return "0.0.0";
    }
  }

  /** Runs nothing: the test does what is due. */
  static final class NoScheduler implements Scheduler {
    @Override
    public Task after(Duration delay, String name, Runnable task) {
      throw new UnsupportedOperationException("Nobody asks for it");
    }

    @Override
    public Task every(Duration period, String name, Runnable task) {
      return () -> {};
    }
  }

  /** Repeats on one thread, which ends with the task. */
  static final class TestScheduler implements Scheduler {
    @Override
    public Task after(Duration delay, String name, Runnable task) {
      throw new UnsupportedOperationException("Nobody asks for it");
    }

    @Override
    public Task every(Duration period, String name, Runnable task) {
      ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
      thread.scheduleWithFixedDelay(
          task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
      return thread::shutdown;
    }
  }

  /** Runs with the machine's clock, and further where a test says so. */
  static final class TestClock implements Clock {
    private final AtomicLong ahead = new AtomicLong();

    void advance(Duration time) {
      ahead.addAndGet(time.toNanos());
    }

    @Override
    public Instant now() {
      return Instant.now().plusNanos(ahead.get());
    }

    @Override
    public long nanos() {
      return System.nanoTime() + ahead.get();
    }
  }

  static final class TestEvents implements Events {
    final List<Event> all = new CopyOnWriteArrayList<>();

    @Override
    public void publish(
        Event.Severity severity,
        String type,
        String subject,
        String sentence,
        Map<String, Object> details) {
      all.add(new Event(Instant.now(), type, severity, subject, sentence, details));
    }

    @Override
    public List<Event> recent(String typePrefix, int limit) {
      return all.stream().filter(e -> e.type().startsWith(typePrefix)).limit(limit).toList();
    }
  }

  static final class TestMeters implements Meters {
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    @Override
    public Counter counter(String name) {
      AtomicLong count = counts.computeIfAbsent(name, n -> new AtomicLong());
      return new Counter() {
        @Override
        public void add(long n) {
          count.addAndGet(n);
        }

        @Override
        public long value() {
          return count.get();
        }
      };
    }

    @Override
    public Timer timer(String name) {
      AtomicLong count = counts.computeIfAbsent(name, n -> new AtomicLong());
      return new Timer() {
        @Override
        public void record(long nanos) {
          count.incrementAndGet();
        }

        @Override
        public Reading reading() {
          return Fakes.reading(name, count.get());
        }
      };
    }

    @Override
    public List<Reading> readings(String prefix) {
      return counts.entrySet().stream()
          .filter(e -> e.getKey().startsWith(prefix))
          .map(e -> Fakes.reading(e.getKey(), e.getValue().get()))
          .toList();
    }
  }

  private static Meters.Reading reading(String name, long count) {
    Duration some = Duration.ofNanos(count == 0 ? 0 : 1_000);
    return new Meters.Reading(name, count, some, some, some, some, some);
  }

  private static final class TestConfig implements ShardedCluster.Config {
    private final boolean readOnly;

    TestConfig(boolean readOnly) {
      this.readOnly = readOnly;
    }

    @Override
    public int shards() {
      return 10;
    }

    @Override
    public Replicas replicas() {
      return Replicas.sync;
    }

    @Override
    public String replica_dir() {
      return "";
    }

    @Override
    public Reads reads() {
      return Reads.primary;
    }

    @Override
    public Durability durability() {
      return Durability.process;
    }

    @Override
    public int permits() {
      return 64;
    }

    @Override
    public int outboxRows() {
      return 100_000;
    }

    @Override
    public int idleSeconds() {
      return 300;
    }

    @Override
    public int capacityMb() {
      return 1_024;
    }

    @Override
    public int connections() {
      return 10;
    }

    @Override
    public int cacheKb() {
      return 16_384;
    }

    @Override
    public boolean readOnly() {
      return readOnly;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return ShardedCluster.Config.class;
    }
  }
}
