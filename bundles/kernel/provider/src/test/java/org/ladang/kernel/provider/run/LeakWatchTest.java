package org.ladang.kernel.provider.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.Clock;
import org.ladang.kernel.provider.event.EventStream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleWiring;

class LeakWatchTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Clock clock =
      new Clock() {
        @Override
        public Instant now() {
          return now;
        }

        @Override
        public long nanos() {
          return 0;
        }
      };
  private final EventStream events = new EventStream(clock);
  private final LeakWatch watch = new LeakWatch(clock, events);

  @AfterEach
  void stop() {
    events.close();
  }

  @Test
  void aLoaderThatAThreadHoldsIsReportedOnceWithTheThread() throws InterruptedException {
    ClassLoader loader = new URLClassLoader(new URL[0]);
    CountDownLatch over = new CountDownLatch(1);
    Thread left =
        new Thread(
            () -> {
              try {
                over.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "left-behind");
    left.setContextClassLoader(loader);
    left.start();
    try {
      watch.leaving(bundle(loader));
      collectTwice();
      watch.look();
      assertThat(events.recent("swap.leak", 10)).as("not before 30 s").isEmpty();

      now = now.plus(Duration.ofSeconds(31));
      watch.look();
      watch.look();

      assertThat(events.recent("swap.leak", 10))
          .singleElement()
          .satisfies(e -> assertThat(e.sentence()).contains("weeds 1.2.3").contains("left-behind"));
      assertThat(watch.leaks()).hasSize(1);
    } finally {
      over.countDown();
      left.join(5_000);
    }
  }

  @Test
  void aLoaderThatNothingHoldsIsForgotten() {
    watch.leaving(bundle(new URLClassLoader(new URL[0])));
    now = now.plus(Duration.ofSeconds(31));

    Awaitility.await()
        .untilAsserted(
            () -> {
              collectTwice();
              watch.look();
              assertThat(watch.leaks()).isEmpty();
            });
    assertThat(events.recent("swap.leak", 10)).isEmpty();
  }

  private static void collectTwice() {
    Runtime.getRuntime().gc();
    Runtime.getRuntime().gc();
  }

  private static Bundle bundle(ClassLoader loader) {
    BundleWiring wiring = answering(BundleWiring.class, "getClassLoader", loader);
    return (Bundle)
        Proxy.newProxyInstance(
            LeakWatchTest.class.getClassLoader(),
            new Class<?>[] {Bundle.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "adapt" -> wiring;
                  case "getSymbolicName" -> "weeds";
                  case "getVersion" -> Version.valueOf("1.2.3");
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static <T> T answering(Class<T> type, String name, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            LeakWatchTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals(name)) {
                return answer;
              }
              throw new UnsupportedOperationException(method.getName());
            }));
  }
}
