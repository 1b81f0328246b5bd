package org.ladang.discovery.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.ladang.balancer.Balancers;
import org.ladang.balancer.provider.BalancerRooms;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.Scheduler;

/** The room with the real time, for what talks to real servers. */
final class RealWorld implements Clock, Events, Scheduler, AutoCloseable {
  final Queue<String> events = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
  final Balancers balancers =
      BalancerRooms.open(this, this, this, new Memory(), new Memory(), Long.getLong("seed", 1));
  final DiscoveryRoom room =
      new DiscoveryRoom(
          owner -> true, "id", 4, this, this, this, new Kept(new Memory(), "1"), balancers);

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public void publish(
      Event.Severity severity,
      String type,
      String subject,
      String sentence,
      Map<String, Object> details) {
    events.add(type + " " + sentence);
  }

  @Override
  public List<Event> recent(String typePrefix, int limit) {
    return List.of();
  }

  @Override
  public Task after(Duration delay, String name, Runnable task) {
    ScheduledFuture<?> future = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public Task every(Duration period, String name, Runnable task) {
    ScheduledFuture<?> future =
        timer.scheduleWithFixedDelay(
            task, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    room.stop();
    timer.shutdownNow();
  }
}
