package org.ladang.plugin.livestock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UpdateQueueTest {
  @Test
  void threeDrawAtATimeAndAFourthWaits() throws Exception {
    CountDownLatch in = new CountDownLatch(3);
    CountDownLatch goOn = new CountDownLatch(1);
    List<String> drawn = new CopyOnWriteArrayList<>();
    try (UpdateQueue queue =
        new UpdateQueue(
            channel -> {
              drawn.add(channel);
              in.countDown();
              await(goOn);
            })) {
      List.of("a", "b", "c", "d").forEach(queue::add);
      assertThat(in.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(drawn).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(queue.length()).isEqualTo(4);
      goOn.countDown();
      Awaitility.await().until(() -> drawn.contains("d") && queue.length() == 0);
    }
  }

  @Test
  void aBoardWaitsOnceAndIsDrawnAgainWhenItChangedMeanwhile() throws Exception {
    CountDownLatch in = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger times = new AtomicInteger();
    try (UpdateQueue queue =
        new UpdateQueue(
            channel -> {
              times.incrementAndGet();
              in.countDown();
              await(goOn);
            })) {
      queue.add("a");
      assertThat(in.await(30, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 10; i++) {
        queue.add("a");
      }
      assertThat(times.get()).as("not twice at a time").isOne();
      goOn.countDown();
      Awaitility.await().until(() -> queue.length() == 0);
      assertThat(times.get()).isEqualTo(2);
    }
  }

  @Test
  void noTwoDrawTheSameAndNoChangeIsForgotten() {
    Map<String, AtomicInteger> now = new ConcurrentHashMap<>();
    Map<String, Integer> wanted = new ConcurrentHashMap<>();
    Map<String, Integer> shown = new ConcurrentHashMap<>();
    AtomicInteger clashes = new AtomicInteger();
    try (UpdateQueue queue =
        new UpdateQueue(
            channel -> {
              AtomicInteger here = now.computeIfAbsent(channel, c -> new AtomicInteger());
              clashes.addAndGet(here.getAndIncrement());
              shown.put(channel, wanted.get(channel));
              Thread.yield();
              here.decrementAndGet();
            })) {
      for (int i = 0; i < 20_000; i++) {
        String channel = "c" + i % 7;
        wanted.put(channel, i);
        queue.add(channel);
      }
      Awaitility.await().until(() -> queue.length() == 0);
      assertThat(shown).isEqualTo(wanted);
      assertThat(clashes.get()).isZero();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
