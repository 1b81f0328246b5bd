package org.ladang.kernel.provider.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.Scheduler;

class PooledSchedulerTest {
  private static final Duration SOON = Duration.ofMillis(5);

  private final PooledScheduler scheduler = new PooledScheduler();

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  void aTaskRunsOnceOnAThreadOfItsName() {
    AtomicReference<String> thread = new AtomicReference<>();
    scheduler.after(SOON, "water", () -> thread.set(Thread.currentThread().getName()));

    await().untilAsserted(() -> assertThat(thread).hasValue("ladang-task water"));
    await().untilAsserted(() -> assertThat(scheduler.tasks()).isZero());
  }

  @Test
  void aRepeatedTaskGoesOnAfterItThrew() {
    AtomicInteger runs = new AtomicInteger();
    Scheduler.Task task =
        scheduler.every(
            SOON,
            "water",
            () -> {
              runs.incrementAndGet();
              throw new AssertionError("dry");
            });

    await().untilAsserted(() -> assertThat(runs).hasValueGreaterThan(3));
    task.cancel();
    task.cancel();
    assertThat(scheduler.tasks()).isZero();
  }

  @Test
  void noRunBeginsAfterCancel() throws InterruptedException {
    AtomicInteger runs = new AtomicInteger();
    scheduler.after(SOON, "water", runs::incrementAndGet).cancel();
    CountDownLatch later = new CountDownLatch(1);
    scheduler.after(Duration.ofMillis(50), "later", later::countDown);

    assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(runs).hasValue(0);
  }

  @Test
  void slowTasksDoNotHoldOthersNorLoseThem() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    int slow = PooledScheduler.MOST_THREADS - 1;
    for (int i = 0; i < slow; i++) {
      scheduler.after(
          Duration.ZERO,
          "slow",
          () -> {
            try {
              release.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    for (int i = 0; i < 100; i++) {
      scheduler.after(Duration.ZERO, "quick", done::incrementAndGet);
    }

    await().untilAsserted(() -> assertThat(done).hasValue(100));
    assertThat(scheduler.tasks()).isEqualTo(slow);
    release.countDown();
  }

  @Test
  void tooManyTasksAreRefused() {
    for (int i = 0; i < PooledScheduler.MOST_TASKS; i++) {
      scheduler.after(Duration.ofHours(1), "wait", () -> {});
    }

    assertThatThrownBy(() -> scheduler.after(SOON, "water", () -> {}))
        .extracting("code")
        .isEqualTo("LADANG-SCHEDULER-001");
  }

  @Test
  void aClosedSchedulerRefuses() {
    scheduler.close();

    assertThatThrownBy(() -> scheduler.after(SOON, "water", () -> {}))
        .extracting("code")
        .isEqualTo("LADANG-SCHEDULER-002");
  }

  @Test
  void closingInterruptsWhatRuns() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    scheduler.after(
        Duration.ZERO,
        "slow",
        () -> {
          running.countDown();
          try {
            new CountDownLatch(1).await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        });
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();

    scheduler.close();

    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aPeriodIsPositive() {
    assertThatThrownBy(() -> scheduler.every(Duration.ZERO, "water", () -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
