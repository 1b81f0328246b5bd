package org.ladang.balancer.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancer;
import org.ladang.balancer.Endpoint;
import org.ladang.balancer.EndpointStats;
import org.ladang.balancer.Outcome;
import org.ladang.balancer.PoolSettings;
import org.ladang.balancer.PoolSpec;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.State;

/** Time, chance, events and state that a test drives. */
final class World implements Clock, Dice, Events, Scheduler, State {
  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

  final List<String> events = new ArrayList<>();
  private final Map<String, Object> state = new TreeMap<>();
  private final Random random;
  long nanos = 1;
  Runnable tick = () -> {};

  World(long seed) {
    random = new Random(seed);
  }

  /** A world whose seed is printed, so that a failure can be repeated. */
  static World any() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.err.println("seed=" + seed);
    return new World(seed);
  }

  static List<Endpoint> endpoints(int count) {
    return IntStream.range(0, count).mapToObj(i -> Endpoint.of(String.format("e%02d", i))).toList();
  }

  Pool pool(Balancer balancer, List<Endpoint> endpoints) {
    return pool(balancer, PoolSettings.USUAL, endpoints);
  }

  Pool pool(Balancer balancer, PoolSettings settings, List<Endpoint> endpoints) {
    PoolSpec spec = new PoolSpec("p", "any", settings, endpoints);
    Pool pool = new Pool(spec, balancer, Set.of(), this, this, this);
    tick = pool::tick;
    return pool;
  }

  /** How often each is picked. */
  Map<String, Integer> picks(Pool pool, Ask ask, int count) {
    Map<String, Integer> picks = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String id = pool.pick(ask).id();
      picks.merge(id, 1, Integer::sum);
      pool.done(id, Outcome.CANCELLED, 0);
    }
    return picks;
  }

  static EndpointStats of(Pool pool, String id) {
    return pool.stats().endpoints().stream()
        .filter(stats -> stats.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** Lets time pass, with the ticks that fall into it. */
  void pass(Duration time) {
    long end = nanos + time.toNanos();
    long step = Duration.ofMillis(200).toNanos();
    while (end - nanos > step) {
      nanos += step;
      tick.run();
    }
    nanos = end;
    tick.run();
  }

  long count(String type) {
    return events.stream().filter(event -> event.startsWith(type + " ")).count();
  }

  @Override
  public Instant now() {
    return BEGIN.plusNanos(nanos);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public int below(int bound) {
    return random.nextInt(bound);
  }

  double real() {
    return random.nextDouble();
  }

  @Override
  public void publish(
      Event.Severity severity,
      String type,
      String subject,
      String sentence,
      Map<String, Object> details) {
    events.add(type + " " + subject + " " + sentence);
  }

  @Override
  public List<Event> recent(String typePrefix, int limit) {
    return List.of();
  }

  @Override
  public Task after(Duration delay, String name, Runnable task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Task every(Duration period, String name, Runnable task) {
    tick = task;
    return () -> tick = () -> {};
  }

  @Override
  public Optional<Object> get(String key) {
    return Optional.ofNullable(state.get(key));
  }

  @Override
  public Map<String, Object> all() {
    return new TreeMap<>(state);
  }

  @Override
  public void put(String key, Object value) {
    state.put(key, value);
  }

  @Override
  public void remove(String key) {
    state.remove(key);
  }

  @Override
  public Optional<Object> update(String key, UnaryOperator<Object> change) {
    throw new UnsupportedOperationException();
  }
}
