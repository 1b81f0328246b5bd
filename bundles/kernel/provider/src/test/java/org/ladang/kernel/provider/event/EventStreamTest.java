package org.ladang.kernel.provider.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.Event;
import org.ladang.kernel.EventListener;
import org.ladang.kernel.provider.time.SystemClock;

class EventStreamTest {
  private final EventStream stream = new EventStream(new SystemClock());
  private final List<Event> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    stream.close();
  }

  @Test
  void theNewestComeFirstAndThePrefixChooses() {
    stream.info("deploy.live", "bots", "Bots serve.");
    stream.warning("config.changed", "", "Changed.");
    stream.error("deploy.refused", "loans", "Refused.");

    assertThat(stream.recent("deploy.", 9))
        .extracting(Event::subject)
        .containsExactly("loans", "bots");
    assertThat(stream.recent("", 2))
        .extracting(Event::type)
        .containsExactly("deploy.refused", "config.changed");
  }

  @Test
  void theOldestAreForgotten() {
    for (int i = 0; i < EventStream.KEPT + 10; i++) {
      stream.info("n", "" + i, "");
    }

    List<Event> all = stream.recent("", Integer.MAX_VALUE);
    assertThat(all).hasSize(EventStream.KEPT);
    assertThat(all.get(all.size() - 1).subject()).isEqualTo("10");
  }

  @Test
  void listenersAreToldInOrderOnOneThreadAndAFailingOneHarmsNobody() {
    List<String> threads = new CopyOnWriteArrayList<>();
    stream.add(
        event -> {
          throw new AssertionError("bad listener");
        });
    stream.add(
        event -> {
          told.add(event);
          threads.add(Thread.currentThread().getName());
        });
    for (int i = 0; i < 100; i++) {
      stream.info("n", "" + i, "");
    }

    await().untilAsserted(() -> assertThat(told).hasSize(100));
    assertThat(told).extracting(Event::subject).startsWith("0", "1", "2").endsWith("99");
    assertThat(threads).containsOnly("ladang-events");
  }

  @Test
  void aSlowListenerLosesTheOldestAndNobodyWaitsForIt() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    stream.add(
        event -> {
          told.add(event);
          first.countDown();
          try {
            release.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    stream.info("n", "first", "");
    assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < EventStream.KEPT + 5; i++) {
      stream.info("n", "" + i, "");
    }
    release.countDown();

    await().untilAsserted(() -> assertThat(told).hasSize(EventStream.KEPT + 1));
    assertThat(told.get(1).subject()).isEqualTo("5");
  }

  @Test
  void whatIsRemovedIsNoLongerTold() {
    EventListener gone = told::add;
    List<Event> others = new CopyOnWriteArrayList<>();
    stream.add(gone);
    stream.add(others::add);
    stream.remove(gone);
    stream.info("n", "", "");

    await().untilAsserted(() -> assertThat(others).hasSize(1));
    assertThat(told).isEmpty();
  }

  @Test
  void publishingNeverThrows() {
    Map<String, Object> details = new HashMap<>();
    details.put("nothing", null);
    details.put("thread", Thread.State.NEW);
    stream.publish(null, null, null, null, details);
    stream.publish(Event.Severity.INFO, "n", "", "", null);

    assertThat(stream.recent("null", 1).get(0).details()).isEqualTo(Map.of("thread", "NEW"));
  }

  @Test
  void closingTellsWhatWaitsAndKeepsLaterEvents() {
    stream.add(told::add);
    for (int i = 0; i < 50; i++) {
      stream.info("n", "", "");
    }
    stream.close();
    assertThat(told).hasSize(50);

    stream.info("late", "", "");
    assertThat(stream.recent("late", 1)).hasSize(1);
    assertThat(told).hasSize(50);
  }
}
