package org.ladang.itests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A plugin that is called over REST all the time, so that a fault of another one would be noticed. */
final class Neighbour implements AutoCloseable {
  private static final String GREETING = "good morning";

  private final Ladang ladang;
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong calls = new AtomicLong();
  private final Thread caller = new Thread(this::call, "neighbour");
  private volatile boolean over;

  private Neighbour(Ladang ladang) {
    this.ladang = ladang;
  }

  /** Drops the plugin {@code neighbour}, waits until it serves and calls it from now on, 50 times a second. */
  static Neighbour in(Ladang ladang, Path folder) throws IOException {
    ladang.drop(Greeters.plugin("neighbour", "1.0.0", GREETING).build(folder), "neighbour.jar");
    ladang.awaitPlugin("neighbour", "ACTIVE");
    ladang.token();
    Neighbour neighbour = new Neighbour(ladang);
    neighbour.caller.setDaemon(true);
    neighbour.caller.start();
    return neighbour;
  }

  private void call() {
    while (!over) {
      try {
        var answer = ladang.http("POST", "/api/v1/actions/neighbour/greet", "{}");
        if (answer.statusCode() != 200 || !answer.body().contains(GREETING)) {
          failures.add(answer.statusCode() + " " + answer.body());
        }
      } catch (RuntimeException e) {
        failures.add(e.toString());
      }
      calls.incrementAndGet();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /** Waits until calls that began after now have come back, and fails when any call ever failed. */
  void hasServed() {
    long before = calls.get();
    Ladang.await("two more calls", Ladang.START, () -> calls.get() >= before + 2);
    if (!failures.isEmpty()) {
      throw new AssertionError(
          Map.of("calls", calls.get(), "failed", failures.size(), "first", failures.peek())
              .toString());
    }
  }

  @Override
  public void close() {
    over = true;
    try {
      caller.join(TimeUnit.SECONDS.toMillis(40));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
