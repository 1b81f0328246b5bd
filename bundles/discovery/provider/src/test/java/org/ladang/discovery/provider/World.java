package org.ladang.discovery.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ladang.balancer.Balancers;
import org.ladang.balancer.provider.BalancerRooms;
import org.ladang.discovery.Discovery;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.Scheduler;

/** Time, events, state and bundles that a test drives, with the real balancer room beside the room under test. */
final class World implements Clock, Events, Scheduler {
  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

  final List<String> events = new CopyOnWriteArrayList<>();
  final Set<String> running = new HashSet<>();
  final Memory state = new Memory();
  private final Map<Runnable, long[]> tasks = new HashMap<>();
  private volatile long nanos = 1;
  final Balancers balancers;
  String process = "1@now";
  private DiscoveryRoom room;

  World(long seed) {
    balancers = BalancerRooms.open(this, this, this, new Memory(), new Memory(), seed);
  }

  /** A world whose seed is printed, so that a failure can be repeated. */
  static World any() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.err.println("seed=" + seed);
    return new World(seed);
  }

  /** The room, made with what the state has. */
  DiscoveryRoom room() {
    if (room == null) {
      room =
          new DiscoveryRoom(
              running::contains, "id/jakarta", 4, this, this, this, kept(), balancers);
    }
    return room;
  }

  /** Another room on the same state, as after a swap. */
  DiscoveryRoom next() {
    close();
    return room();
  }

  void close() {
    if (room != null) {
      room.stop();
      room = null;
    }
  }

  private Kept kept() {
    return new Kept(state, process);
  }

  /** A local service that answers with its name. */
  Named offer(String name, String... properties) {
    Named service = new Named(name);
    room().bindLocal(service, properties(name, properties));
    return service;
  }

  static Map<String, Object> properties(String name, String... more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("objectClass", new String[] {Greeter.class.getName()});
    properties.put(Discovery.ENDPOINT, name);
    for (String each : more) {
      String[] pair = each.split("=", 2);
      properties.put(pair[0], pair[1]);
    }
    return properties;
  }

  /** What is called. */
  public interface Greeter {
    String greet(String name) throws java.io.IOException;

    boolean awake();
  }

  /** A service whose moods a test sets. */
  static final class Named implements Greeter {
    final String name;
    volatile RuntimeException failure;
    volatile boolean awake = true;
    volatile int calls;

    Named(String name) {
      this.name = name;
    }

    @Override
    public String greet(String whom) {
      calls++;
      if (failure != null) {
        throw failure;
      }
      return name;
    }

    @Override
    public boolean awake() {
      return awake;
    }
  }

  /** Lets time pass, with all that is due in it. */
  void pass(Duration time) {
    long end = nanos + time.toNanos();
    long step = Duration.ofMillis(50).toNanos();
    while (nanos < end) {
      nanos = Math.min(end, nanos + step);
      for (Map.Entry<Runnable, long[]> task : List.copyOf(tasks.entrySet())) {
        long[] due = task.getValue();
        if (nanos - due[1] >= 0) {
          task.getKey().run();
          due[1] = nanos + due[0];
        }
      }
    }
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
    return new ArrayList<>();
  }

  @Override
  public Task after(Duration delay, String name, Runnable task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Task every(Duration period, String name, Runnable task) {
    tasks.put(task, new long[] {period.toNanos(), nanos + period.toNanos()});
    return () -> tasks.remove(task);
  }
}
