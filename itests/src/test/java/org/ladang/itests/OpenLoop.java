package org.ladang.itests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls at a fixed rate, whether or not the former ones have come back (an open loop): how long a call took is counted
 * from when it was to begin, so that a stall is not hidden by calls that were not made.
 */
final class OpenLoop implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int WARM_UP = 1_000;

  private final HttpClient web =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpRequest request;
  private final long interval;
  private final AtomicLong began = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong longest = new AtomicLong();
  private final AtomicLong recent = new AtomicLong();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Thread pacer = new Thread(this::pace, "open-loop");
  private volatile boolean over;

  private OpenLoop(HttpRequest request, int rate) {
    this.request = request;
    this.interval = TimeUnit.SECONDS.toNanos(1) / rate;
  }

  /** Begins to call that action, so many times a second. */
  static OpenLoop on(Ladang ladang, String action, int rate) {
    OpenLoop loop =
        new OpenLoop(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + ladang.port() + "/api/v1/actions/" + action))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + ladang.token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build(),
            rate);
    loop.pacer.setDaemon(true);
    loop.pacer.start();
    return loop;
  }

  private void pace() {
    warmUp();
    long start = System.nanoTime();
    for (long n = 0; !over; n++) {
      long due = start + n * interval;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      began.incrementAndGet();
      web.sendAsync(request, HttpResponse.BodyHandlers.ofString())
          .whenComplete((answer, failure) -> end(answer, failure, due));
    }
  }

  /** One call after the other: what both sides load and compile at first is not what a swap costs. */
  private void warmUp() {
    for (int i = 0; i < WARM_UP && !over; i++) {
      try {
        HttpResponse<String> answer = web.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          failures.add("warming up: " + answer.statusCode() + " " + answer.body());
        }
      } catch (IOException e) {
        failures.add("warming up: " + e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void end(HttpResponse<String> answer, Throwable failure, long due) {
    long took = System.nanoTime() - due;
    longest.accumulateAndGet(took, Math::max);
    recent.accumulateAndGet(took, Math::max);
    if (failure != null) {
      failures.add(failure.toString());
    } else if (answer.statusCode() != 200) {
      failures.add(answer.statusCode() + " " + answer.body());
    }
    ended.incrementAndGet();
  }

  long calls() {
    return began.get();
  }

  long ended() {
    return ended.get();
  }

  Queue<String> failures() {
    return failures;
  }

  Duration longest() {
    return Duration.ofNanos(longest.get());
  }

  /** The longest that ended since this was asked last. */
  Duration longestSinceThen() {
    return Duration.ofNanos(recent.getAndSet(0));
  }

  /** Ends and waits for all that was begun. */
  @Override
  public void close() {
    over = true;
    Ladang.await(
        "all calls back",
        PATIENCE.multipliedBy(2),
        () -> !pacer.isAlive() && ended.get() == began.get());
  }
}
