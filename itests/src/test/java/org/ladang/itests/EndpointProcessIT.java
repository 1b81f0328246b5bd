package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.itests.field.BundleBuilder;

/**
 * Endpoints over HTTP that are processes of their own, called 200 times a second by a plugin: one is killed, one is
 * stopped with SIGSTOP and goes on. When the last call went to it is what the balancer counted.
 */
class EndpointProcessIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void aKilledProcessGetsItsLastCallWithinASecond() throws IOException {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start();
        EchoServer one = EchoServer.start();
        EchoServer two = EchoServer.start();
        EchoServer three = EchoServer.start()) {
      begin(ladang, one, two, three);
      Instant killed = Instant.now();
      two.kill();
      Ladang.await(
          "it is found out", SOON, () -> "DOWN".equals(endpoint(ladang, "two").get("state")));
      Instant down = Instant.parse(endpoint(ladang, "two").get("since").toString());
      long calls = picked(ladang, "two");
      more(ladang, 300);
      assertThat(picked(ladang, "two")).isEqualTo(calls);
      Map<String, Object> report = report(ladang);
      System.out.printf(
          "EndpointProcessIT: killed, down %d ms later, %s%n",
          Duration.between(killed, down).toMillis(), report);
      assertThat(down).isBefore(killed.plusSeconds(1));
      // What was under way when it died cannot be sent again.
      assertThat(lastFailed(report)).isBefore(killed.plusSeconds(1));
    }
  }

  @Test
  void aStoppedProcessIsEjectedWithinFiveSecondsAndComesBack() throws IOException {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start();
        EchoServer one = EchoServer.start();
        EchoServer two = EchoServer.start();
        EchoServer three = EchoServer.start()) {
      begin(ladang, one, two, three);
      Instant stopped = Instant.now();
      two.signal("STOP");
      Ladang.await(
          "it is found out", SOON, () -> "DOWN".equals(endpoint(ladang, "two").get("state")));
      Instant down = Instant.parse(endpoint(ladang, "two").get("since").toString());
      long calls = picked(ladang, "two");
      more(ladang, 300);
      assertThat(picked(ladang, "two")).isEqualTo(calls);
      Map<String, Object> report = report(ladang);
      System.out.printf(
          "EndpointProcessIT: stopped, down %d ms later, %s%n",
          Duration.between(stopped, down).toMillis(), report);
      assertThat(down).isBefore(stopped.plusSeconds(5));
      assertThat(lastFailed(report)).isBefore(stopped.plusSeconds(5));

      two.signal("CONT");
      Ladang.await("it is back", SOON, () -> "UP".equals(endpoint(ladang, "two").get("state")));
      Ladang.await("it is called", SOON, () -> picked(ladang, "two") > calls);
    }
  }

  private void begin(Ladang ladang, EchoServer one, EchoServer two, EchoServer three)
      throws IOException {
    register(ladang, "one", one);
    register(ladang, "two", two);
    register(ladang, "three", three);
    ladang.drop(
        BundleBuilder.bundle("itest.postman")
            .against(Distribution.jar("system/base", "org.ladang.discovery.api"))
            .source("itest.postman.Postman", POSTMAN)
            .build(folder),
        "postman.jar");
    ladang.awaitPlugin("postman", "ACTIVE");
    ladang.shell("postman:begin").succeeded();
    Ladang.await("all are called", SOON, () -> picked(ladang, "two") > 100);
  }

  private static void register(Ladang ladang, String id, EchoServer server) {
    ladang
        .shell(
            "service:register",
            "service=echo",
            "endpoint=" + id,
            "url=" + server.url(),
            "check=/health")
        .succeeded();
  }

  private static Map<String, Object> endpoint(Ladang ladang, String id) {
    return find(ladang.shell("service:info", "service=echo").object(), id);
  }

  private static long picked(Ladang ladang, String id) {
    Map<String, Object> info = ladang.shell("service:info", "service=echo").object();
    List<?> routes = (List<?>) info.get("routes");
    if (routes.isEmpty()) {
      return 0;
    }
    List<?> groups = (List<?>) ((Map<?, ?>) routes.get(0)).get("groups");
    Object pool = ((Map<?, ?>) groups.get(0)).get("pool");
    Map<String, Object> stats = ladang.shell("balancer:stats", "pool=" + pool).object();
    return ((Number) find(stats, id).get("calls")).longValue();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> find(Map<String, Object> info, String id) {
    return ((List<?>) info.get("endpoints"))
        .stream()
            .map(each -> (Map<String, Object>) each)
            .filter(each -> id.equals(each.get("id")))
            .findFirst()
            .orElseThrow();
  }

  private static Map<String, Object> report(Ladang ladang) {
    return ladang.shell("postman:report").object();
  }

  private static Instant lastFailed(Map<String, Object> report) {
    return Instant.ofEpochMilli(((Number) report.get("last_failed")).longValue());
  }

  private static void more(Ladang ladang, long calls) {
    long before = ((Number) report(ladang).get("calls")).longValue();
    Ladang.await(
        "calls go on",
        SOON,
        () -> ((Number) report(ladang).get("calls")).longValue() >= before + calls);
  }

  private static final String POSTMAN =
      """
      package itest.postman;

      import java.time.Duration;
      import java.util.Map;
      import java.util.concurrent.atomic.AtomicLong;
      import java.util.concurrent.atomic.AtomicReference;
      import java.util.concurrent.locks.LockSupport;
      import org.ladang.discovery.*;
      import org.ladang.kernel.LadangException;
      import org.ladang.kernel.LadangPlugin;
      import org.ladang.kernel.action.*;
      import org.osgi.service.component.annotations.*;

      @LadangPlugin(name = "postman")
      @Component(service = ActionSource.class)
      public final class Postman implements ActionSource {
        private static final int RATE = 200;

        private final HttpEndpoints endpoints;
        private final AtomicLong calls = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();
        private final AtomicLong lastFailed = new AtomicLong();
        private final AtomicReference<String> first = new AtomicReference<>("");
        private volatile boolean over;

        @Activate public Postman(@Reference HttpEndpoints endpoints) {
          this.endpoints = endpoints;
        }

        @Action(description = "Begins to call.", role = Role.VIEWER)
        public void begin() {
          Thread thread = new Thread(this::pace, "postman");
          thread.setDaemon(true);
          thread.start();
        }

        private void pace() {
          Route route = Route.to("echo");
          HttpCall call = HttpCall.get("/hello").within(Duration.ofSeconds(1));
          long start = System.nanoTime();
          for (long n = 0; !over; n++) {
            long due = start + n * 1_000_000_000L / RATE;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
              LockSupport.parkNanos(left);
            }
            long begun = System.currentTimeMillis();
            endpoints.send(route, call).whenComplete((answer, failure) -> {
              if (failure != null) {
                failed.incrementAndGet();
                first.compareAndSet("", failure.toString());
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                for (Throwable each : new Throwable[] {failure, cause}) {
                  if (each instanceof LadangException said && "two".equals(said.details().get("endpoint"))) {
                    lastFailed.accumulateAndGet(begun, Math::max);
                  }
                }
              }
              calls.incrementAndGet();
            });
          }
        }

        @Action(description = "What came back.", role = Role.VIEWER)
        public Map<String, Object> report() {
          return Map.of("calls", calls.get(), "failed", failed.get(), "first", first.get(),
              "last_failed", lastFailed.get());
        }

        @Deactivate void close() { over = true; }
      }
      """;
}
