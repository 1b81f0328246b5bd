package org.ladang.bench.balance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.ladang.bench.Table;
import org.ladang.discovery.Check;
import org.ladang.discovery.Discovery;
import org.ladang.discovery.HttpCall;
import org.ladang.discovery.HttpEndpoints;
import org.ladang.discovery.Instance;
import org.ladang.discovery.Offer;
import org.ladang.discovery.Route;

/**
 * The experiment of Linkerd's and Finagle's makers in real time, over real HTTP: eleven endpoints, 1,000 calls a second
 * that do not wait for each other, one endpoint answers in two seconds for half of the time, a caller waits one second.
 * The same on a virtual clock is {@code SlowEndpointTest} of the balancer. Checks are off, ejection is as it is usually.
 */
public final class SlowEndpointBench {
  private static final int SERVERS = 11;
  private static final double RATE = 1_000;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long RUN = 30 * SECOND;
  private static final long WARM = 5 * SECOND;
  private static final Check NONE = new Check(Duration.ZERO, Duration.ofSeconds(1), "", 1, 1);

  private final HttpEndpoints endpoints;
  private final Process servers;

  private SlowEndpointBench(HttpEndpoints endpoints, Process servers) {
    this.endpoints = endpoints;
    this.servers = servers;
  }

  /** Runs it once for each algorithm. */
  public static void main(String[] args) throws Exception {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    Rooms rooms = new Rooms();
    rooms.start();
    Process servers =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                SlowServers.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      register(rooms.proxy(Discovery.class), servers);
      SlowEndpointBench bench = new SlowEndpointBench(rooms.proxy(HttpEndpoints.class), servers);
      Table table =
          new Table(
              "algorithm",
              "calls",
              "answered in time",
              "while one was slow",
              "p50",
              "late to begin");
      for (String algorithm : List.of("round-robin", "least-connections", "peak-ewma")) {
        bench.run(algorithm, WARM, false);
        Result result = bench.run(algorithm, RUN, true);
        table.row(
            algorithm,
            Long.toString(result.calls.get()),
            percent(result.failed.get(), result.calls.get()),
            percent(result.failedSlow.get(), result.callsSlow.get()),
            String.format(Locale.ROOT, "%.1f ms", result.median() / 1e6),
            String.format(Locale.ROOT, "%.0f ms", result.longestLag.get() / 1e6));
      }
      table.print(out);
    } finally {
      servers.destroyForcibly();
      rooms.stop();
    }
  }

  private static void register(Discovery discovery, Process servers) throws IOException {
    BufferedReader said =
        new BufferedReader(
            new InputStreamReader(servers.getInputStream(), StandardCharsets.US_ASCII));
    for (int i = 0; i < SERVERS; i++) {
      discovery.register(
          Offer.of(
                  Instance.http(
                      "slow", String.format("e%02d", i), "http://127.0.0.1:" + said.readLine()))
              .with(NONE));
    }
  }

  private static String percent(long failed, long all) {
    return all == 0 ? "–" : String.format(Locale.ROOT, "%.2f %%", 100.0 * (all - failed) / all);
  }

  private static final class Result {
    final AtomicLong calls = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final AtomicLong callsSlow = new AtomicLong();
    final AtomicLong failedSlow = new AtomicLong();
    final AtomicLong ended = new AtomicLong();
    final AtomicLong longestLag = new AtomicLong();
    private final List<Long> took = new ArrayList<>();

    synchronized void took(long nanos) {
      took.add(nanos);
    }

    synchronized long median() {
      took.sort(null);
      return took.isEmpty() ? 0 : took.get(took.size() / 2);
    }
  }

  private Result run(String algorithm, long time, boolean withSlow) throws Exception {
    Route route = Route.to("slow").by(algorithm);
    HttpCall call = HttpCall.get("/").within(Duration.ofSeconds(1));
    Result result = new Result();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long start = System.nanoTime();
    long due = start;
    boolean slow = false;
    while (due - start < time) {
      boolean now = withSlow && due - start >= time / 4 && due - start < time * 3 / 4;
      if (now != slow) {
        slow = now;
        tell(slow ? "slow\n" : "fast\n");
      }
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      one(route, call, result, slow);
      result.longestLag.accumulateAndGet(System.nanoTime() - due, Math::max);
      // Callers do not wait for each other: the time to the next one is exponential.
      due += (long) (-Math.log(1 - random.nextDouble()) * SECOND / RATE);
    }
    long patience = System.nanoTime() + 10 * SECOND;
    while (result.ended.get() < result.calls.get() && System.nanoTime() < patience) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    return result;
  }

  private void one(Route route, HttpCall call, Result result, boolean slow) {
    result.calls.incrementAndGet();
    if (slow) {
      result.callsSlow.incrementAndGet();
    }
    long begun = System.nanoTime();
    endpoints
        .send(route, call)
        .whenComplete(
            (answer, failure) -> {
              result.took(System.nanoTime() - begun);
              if (failure != null) {
                result.failed.incrementAndGet();
                if (slow) {
                  result.failedSlow.incrementAndGet();
                }
              }
              result.ended.incrementAndGet();
            });
  }

  private void tell(String word) throws IOException {
    servers.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
    servers.getOutputStream().flush();
  }
}
