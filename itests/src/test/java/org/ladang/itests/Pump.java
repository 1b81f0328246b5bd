package org.ladang.itests;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.ladang.itests.field.BundleBuilder;

/** A plugin that calls another one's action through the gate, at a fixed rate, from inside the runtime. */
final class Pump implements AutoCloseable {
  private final Ladang ladang;

  private Pump(Ladang ladang) {
    this.ladang = ladang;
  }

  /** What came back so far; the longest is counted from when a call was to begin. */
  record Report(long calls, long failed, String first, Duration longest) {}

  /** Drops the plugin {@code pump} and lets it call that action so many times a second. */
  static Pump in(Ladang ladang, Path folder, String action, int rate) throws IOException {
    ladang.drop(
        BundleBuilder.bundle("itest.pump")
            .version("1.0.0")
            .source("itest.pump.Pump", source(action, rate))
            .build(folder),
        "pump.jar");
    ladang.awaitPlugin("pump", "ACTIVE");
    Pump pump = new Pump(ladang);
    Ladang.await("the pump's first calls", Ladang.START, () -> pump.report().calls() > 0);
    return pump;
  }

  Report report() {
    Map<String, Object> said =
        Ladang.object(ladang.http("POST", "/api/v1/actions/pump/report", "{}"));
    return new Report(
        number(said, "calls"),
        number(said, "failed"),
        said.get("first").toString(),
        Duration.ofMillis(number(said, "longest")));
  }

  private static long number(Map<String, Object> said, String name) {
    return ((Number) said.get(name)).longValue();
  }

  @Override
  public void close() {
    ladang.http("POST", "/api/v1/actions/pump/stop", "{}");
  }

  private static String source(String action, int rate) {
    return """
        package itest.pump;

        import java.time.Instant;
        import java.util.Map;
        import java.util.concurrent.atomic.AtomicLong;
        import java.util.concurrent.atomic.AtomicReference;
        import java.util.concurrent.locks.LockSupport;
        import org.ladang.kernel.LadangPlugin;
        import org.ladang.kernel.action.*;
        import org.osgi.service.component.annotations.*;

        @LadangPlugin(name = "pump")
        @Component(service = ActionSource.class)
        public final class Pump implements ActionSource {
          private final Gate gate;
          private final AtomicLong calls = new AtomicLong();
          private final AtomicLong failed = new AtomicLong();
          private final AtomicLong longest = new AtomicLong();
          private final AtomicReference<String> first = new AtomicReference<>("");
          private volatile boolean over;

          @Activate public Pump(@Reference Gate gate) {
            this.gate = gate;
            Thread thread = new Thread(this::pace, "pump");
            thread.setDaemon(true);
            thread.start();
          }

          private void pace() {
            long start = System.nanoTime();
            for (long n = 0; !over; n++) {
              long due = start + n * 1_000_000_000L / %2$d;
              for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
              }
              gate.submit(
                      CallContext.of(Principal.SYSTEM, "local", "pump-" + n, Instant.now().plusSeconds(60)),
                      "%1$s",
                      Map.of())
                  .whenComplete((answer, failure) -> end(failure, due));
            }
          }

          private void end(Throwable failure, long due) {
            longest.accumulateAndGet(System.nanoTime() - due, Math::max);
            if (failure != null) {
              failed.incrementAndGet();
              first.compareAndSet("", failure.toString());
            }
            calls.incrementAndGet();
          }

          @Action(description = "What came back.", role = Role.VIEWER)
          public Map<String, Object> report() {
            return Map.of("calls", calls.get(), "failed", failed.get(), "first", first.get(),
                "longest", longest.get() / 1_000_000);
          }

          @Action(description = "Calls no more.", role = Role.VIEWER)
          public void stop() { over = true; }

          @Deactivate void close() { over = true; }
        }
        """
        .formatted(action, rate);
  }
}
