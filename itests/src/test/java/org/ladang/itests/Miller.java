package org.ladang.itests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.ladang.itests.field.BundleBuilder;

/** A plugin that makes calls under a policy without a pause, some at once and some later, and counts what comes back. */
final class Miller {
  private Miller() {}

  /** Drops it and waits for its first calls. */
  static void in(Ladang ladang, Path folder) throws IOException {
    ladang.drop(
        BundleBuilder.bundle("itest.miller")
            .against(Distribution.jar("system/base", "org.ladang.breaker.api"))
            .source("itest.miller.Miller", SOURCE)
            .build(folder));
    ladang.awaitPlugin("miller", "ACTIVE");
    Ladang.await("its first calls", Ladang.START, () -> number(report(ladang), "calls") > 0);
  }

  static Map<String, Object> report(Ladang ladang) {
    return Ladang.object(ladang.http("POST", "/api/v1/actions/miller/report", "{}"));
  }

  static long number(Map<String, Object> said, String name) {
    return ((Number) said.get(name)).longValue();
  }

  private static final String SOURCE =
      """
      package itest.miller;

      import java.util.Map;
      import java.util.concurrent.CompletableFuture;
      import java.util.concurrent.TimeUnit;
      import java.util.concurrent.atomic.AtomicLong;
      import java.util.concurrent.atomic.AtomicReference;
      import org.ladang.breaker.*;
      import org.ladang.kernel.LadangPlugin;
      import org.ladang.kernel.action.*;
      import org.osgi.service.component.annotations.*;

      @LadangPlugin(name = "miller")
      @Component(service = ActionSource.class)
      public final class Miller implements ActionSource {
        private final AtomicLong calls = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();
        private final AtomicReference<String> first = new AtomicReference<>("");
        private volatile boolean over;

        @Activate public Miller(@Reference Policies policies) {
          policies.make(PolicySettings.usual("mill"));
          Policy policy = new Policy("mill", policies);
          work(() -> policy.call(() -> "flour"));
          work(() -> policy.submitWithFallback(Request.of(() ->
              CompletableFuture.supplyAsync(() -> "flour",
                  CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS))))
              .toCompletableFuture().get(30, TimeUnit.SECONDS).result());
        }

        private interface Call { Object make() throws Exception; }

        private void work(Call call) {
          Thread thread = new Thread(() -> {
            while (!over) {
              try {
                if (!"flour".equals(call.make())) {
                  throw new IllegalStateException("that is no flour");
                }
                TimeUnit.MILLISECONDS.sleep(1);
              } catch (Exception e) {
                failed.incrementAndGet();
                first.compareAndSet("", e.toString());
              }
              calls.incrementAndGet();
            }
          }, "miller");
          thread.setDaemon(true);
          thread.start();
        }

        @Action(description = "What came back.", role = Role.VIEWER)
        public Map<String, Object> report() {
          return Map.of("calls", calls.get(), "failed", failed.get(), "first", first.get());
        }

        @Deactivate void close() { over = true; }
      }
      """;
}
