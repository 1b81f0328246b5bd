package org.ladang.breaker.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Scheduler;

/** A clock and a scheduler that move only when a test says so. */
final class VirtualTime implements Clock, Scheduler, Parts.Pause {
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private long nanos = 1_000_000_000_000L;
  private long number;
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
  private final List<Runnable> repeated = new ArrayList<>();

  private record Waiting(long at, long number, Runnable task) implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
      int first = Long.compare(at, other.at);
      return first != 0 ? first : Long.compare(number, other.number);
    }
  }

  @Override
  public synchronized Instant now() {
    return EPOCH.plusNanos(nanos);
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  /** Moves on and runs what is due, in order. */
  void pass(Duration time) {
    long end = nanos() + time.toNanos();
    for (Waiting next = due(end); next != null; next = due(end)) {
      next.task().run();
    }
    to(end);
  }

  private synchronized Waiting due(long end) {
    Waiting next = waiting.peek();
    if (next == null || next.at() > end) {
      return null;
    }
    nanos = Math.max(nanos, next.at());
    return waiting.poll();
  }

  private synchronized void to(long end) {
    nanos = Math.max(nanos, end);
  }

  /** Runs what repeats. */
  void tick() {
    repeated.forEach(Runnable::run);
  }

  @Override
  public void nanos(long pause) {
    pass(Duration.ofNanos(pause));
  }

  @Override
  public synchronized Task after(Duration delay, String name, Runnable task) {
    Waiting one = new Waiting(nanos + delay.toNanos(), number++, task);
    waiting.add(one);
    return () -> waiting.remove(one);
  }

  @Override
  public Task every(Duration period, String name, Runnable task) {
    repeated.add(task);
    return () -> repeated.remove(task);
  }

  /** The parts of a policy on this time. */
  Parts parts(TimeLimits limits) {
    return new Parts(
        this,
        this::nanos,
        () -> 0.5,
        this,
        this,
        limits,
        (action, until) -> "what " + action + " answers");
  }

  Parts parts() {
    return parts(new TimeLimits(this::nanos));
  }
}
