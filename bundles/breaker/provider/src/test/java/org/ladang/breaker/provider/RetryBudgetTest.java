package org.ladang.breaker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.ladang.breaker.BreakerSettings;
import org.ladang.breaker.LimitSettings;
import org.ladang.breaker.PolicySettings;
import org.ladang.breaker.Request;
import org.ladang.breaker.RetrySettings;

/** Retries on a virtual clock while everything fails: what they cost those who are called. */
class RetryBudgetTest {
  private static final RetrySettings EAGER =
      new RetrySettings(5, Duration.ZERO, Duration.ZERO, 1, 0, 0.2, 10);

  @Test
  void whenEverythingFailsTheCalledGetAtMostAQuarterMore() {
    long seed = Long.getLong("breaker.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int perSecond : new int[] {250, 500, 1000, 5000}) {
      double amplification = amplification(perSecond, random);
      System.out.printf(
          "RetryBudgetTest: seed %d, %d calls/s, all fail, up to 5 attempts: %.3fx%n",
          seed, perSecond, amplification);
      // Beyond the share there are 10 retries a second: 0.04 of 250 calls, less of more.
      assertThat(amplification).isLessThanOrEqualTo(1.25).isGreaterThan(1.15);
    }
  }

  @Test
  void withoutCallsBeforeOnlyTheReserveIsThere() {
    VirtualTime time = new VirtualTime();
    RetryBudget budget = new RetryBudget(EAGER, time::nanos);
    assertThat(spent(budget)).isEqualTo(10);
    time.pass(Duration.ofMillis(500));
    assertThat(spent(budget)).isEqualTo(5);
    time.pass(Duration.ofHours(1));
    assertThat(spent(budget)).isEqualTo(10);
  }

  @Test
  void fiveCallsPayForOneRetryAndQuietTimesAreNotSavedUp() {
    VirtualTime time = new VirtualTime();
    RetryBudget budget =
        new RetryBudget(
            new RetrySettings(5, Duration.ZERO, Duration.ZERO, 1, 0, 0.2, 0), time::nanos);
    assertThat(spent(budget)).isZero();
    for (int i = 0; i < 50; i++) {
      budget.called();
    }
    assertThat(spent(budget)).isEqualTo(10);
    for (int i = 0; i < 1_000_000; i++) {
      budget.called();
    }
    assertThat(spent(budget)).isEqualTo(100);
  }

  private static int spent(RetryBudget budget) {
    int spent = 0;
    while (budget.spend()) {
      spent++;
    }
    return spent;
  }

  /** How many calls arrive at the called for each that was made, over a minute. */
  private static double amplification(int perSecond, Random random) {
    VirtualTime time = new VirtualTime();
    AtomicLong arrived = new AtomicLong();
    PolicySettings settings =
        new PolicySettings(
            "storm",
            new BreakerSettings(
                0,
                0,
                0,
                Duration.ofSeconds(1),
                1,
                1,
                Duration.ofSeconds(1),
                1,
                1,
                Duration.ofSeconds(1),
                BreakerSettings.USUAL.ignored()),
            EAGER,
            LimitSettings.NONE,
            org.ladang.breaker.Degradation.NONE);
    Chain chain = Sample.chain(settings, time);
    int calls = perSecond * 60;
    for (int i = 0; i < calls; i++) {
      try {
        chain.execute(
            Request.idempotent(
                () -> {
                  arrived.incrementAndGet();
                  throw new IOException("down");
                }));
        throw new AssertionError("it cannot have succeeded");
      } catch (Exception e) {
        assertThat(e).isInstanceOf(IOException.class);
      }
      // Poisson arrivals: bursts and gaps.
      double gap = -Math.log(1 - random.nextDouble()) / perSecond;
      time.pass(Duration.ofNanos(Math.round(gap * 1e9)));
    }
    return (double) arrived.get() / calls;
  }
}
