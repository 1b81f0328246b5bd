package org.ladang.itests;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.ladang.itests.field.BundleBuilder;

/**
 * An interface in a bundle of its own, plugins that offer it as endpoints, and a plugin that calls it: once when asked,
 * and without a pause from threads of its own.
 */
final class Village {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Ladang ladang;
  private final Path folder;
  private final Path api;

  private Village(Ladang ladang, Path folder, Path api) {
    this.ladang = ladang;
    this.folder = folder;
    this.api = api;
  }

  /** What the threads' calls have come to. */
  record Calls(long calls, long failed, String first, Map<String, Object> answers) {}

  /** Drops the interface and the caller. */
  static Village in(Ladang ladang, Path folder) throws IOException {
    Path api =
        BundleBuilder.bundle("itest.village.api")
            .header("Export-Package", "itest.village;version=1.0.0")
            .source(
                "itest.village.Greeter",
                "package itest.village; public interface Greeter { String greet(String name); boolean awake(); }")
            .build(folder);
    ladang.drop(api);
    Village village = new Village(ladang, folder, api);
    Path caller =
        BundleBuilder.bundle("itest.villager")
            .against(api)
            .against(Distribution.jar("system/base", "org.ladang.discovery.api"))
            .source("itest.villager.Villager", VILLAGER)
            .build(folder);
    ladang.drop(caller, "villager.jar");
    ladang.awaitPlugin("villager", "ACTIVE");
    return village;
  }

  /** Drops a plugin whose service is an endpoint; it answers with its name. */
  void settle(String name, String properties) throws IOException {
    ladang.drop(endpoint(name, "1.0.0", properties), name + ".jar");
    ladang.awaitPlugin(name, "ACTIVE");
  }

  Path endpoint(String name, String version, String properties) throws IOException {
    return BundleBuilder.bundle("itest." + name)
        .version(version)
        .against(api)
        .source(
            "itest." + name + ".House",
            """
            package itest.%1$s;
            import itest.village.Greeter;
            import org.ladang.kernel.LadangPlugin;
            import org.osgi.service.component.annotations.*;
            @LadangPlugin(name = "%1$s")
            @Component(property = {"discovery.endpoint=%1$s"%2$s})
            public final class House implements Greeter {
              @Override public String greet(String name) { return "%1$s"; }
              @Override public boolean awake() { return true; }
            }
            """
                .formatted(name, properties))
        .build(folder.resolve("houses"), name + "-" + version + ".jar");
  }

  /** What one call answers. */
  Command greet() {
    return ladang.shell("villager:greet");
  }

  /** Begins to call without a pause, from two threads. */
  void pump() {
    ladang.shell("villager:pump").succeeded();
    Ladang.await("first calls", SOON, () -> calls().calls() > 0);
  }

  @SuppressWarnings("unchecked")
  Calls calls() {
    Map<String, Object> said = ladang.shell("villager:report").object();
    return new Calls(
        ((Number) said.get("calls")).longValue(),
        ((Number) said.get("failed")).longValue(),
        said.get("first").toString(),
        (Map<String, Object>) said.get("answers"));
  }

  /** Waits for so many calls more. */
  void more(long calls) {
    long before = calls().calls();
    Ladang.await("calls go on", SOON, () -> calls().calls() >= before + calls);
  }

  private static final String VILLAGER =
      """
      package itest.villager;

      import itest.village.Greeter;
      import java.util.Map;
      import java.util.TreeMap;
      import java.util.concurrent.ConcurrentHashMap;
      import java.util.concurrent.atomic.AtomicLong;
      import java.util.concurrent.atomic.AtomicReference;
      import java.util.concurrent.locks.LockSupport;
      import org.ladang.discovery.*;
      import org.ladang.kernel.LadangPlugin;
      import org.ladang.kernel.action.*;
      import org.osgi.service.component.annotations.*;

      @LadangPlugin(name = "villager")
      @Component(service = ActionSource.class)
      public final class Villager implements ActionSource {
        private final Greeter any;
        private final Greeter near;
        private final Map<String, AtomicLong> answers = new ConcurrentHashMap<>();
        private final AtomicLong calls = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();
        private final AtomicReference<String> first = new AtomicReference<>("");
        private volatile boolean over;

        @Activate public Villager(@Reference Discovery discovery) {
          any = Balanced.of(discovery, Greeter.class);
          near = Balanced.of(discovery, Greeter.class,
              Route.to(Greeter.class.getName(), Selector.tagged("first"), Selector.tagged("second")));
        }

        @Action(description = "Greets any.", role = Role.VIEWER)
        public String greet() { return any.greet("you"); }

        @Action(description = "Greets the first group that is alive.", role = Role.VIEWER)
        public String greetFirst() { return near.greet("you"); }

        @Action(description = "Calls without a pause.", role = Role.VIEWER)
        public void pump() {
          for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(this::pace, "villager-" + i);
            thread.setDaemon(true);
            thread.start();
          }
        }

        private void pace() {
          while (!over) {
            try {
              answers.computeIfAbsent(any.greet("you"), n -> new AtomicLong()).incrementAndGet();
            } catch (RuntimeException e) {
              failed.incrementAndGet();
              first.compareAndSet("", e.toString());
            }
            calls.incrementAndGet();
            LockSupport.parkNanos(200_000);
          }
        }

        @Action(description = "What came back.", role = Role.VIEWER)
        public Map<String, Object> report() {
          Map<String, Object> counts = new TreeMap<>();
          answers.forEach((name, count) -> counts.put(name, count.get()));
          return Map.of("calls", calls.get(), "failed", failed.get(), "first", first.get(), "answers", counts);
        }

        @Deactivate void close() { over = true; }
      }
      """;
}
