package org.ladang.breaker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.ladang.breaker.LimitSettings;
import org.ladang.breaker.PolicySettings;
import org.ladang.breaker.Request;
import org.ladang.kernel.LadangException;

class TimeLimitTest {
  private static final PolicySettings LIMITED =
      PolicySettings.usual("mill").with(LimitSettings.NONE.within(Duration.ofMillis(50)));

  @Test
  void aCallThatWaitsTooLongIsInterruptedOnItsOwnThread() {
    try (TimeLimits limits = new TimeLimits(System::nanoTime).start()) {
      Chain chain = chain(limits);
      CountDownLatch never = new CountDownLatch(1);
      Throwable late =
          catchThrowable(() -> chain.execute(Request.of(() -> never.await(1, TimeUnit.MINUTES))));
      assertThat(late).isInstanceOf(LadangException.class).hasMessageContaining("after 50 ms");
      assertThat(Thread.interrupted()).isFalse();
      assertThat(chain.ring.measures().errors()).isEqualTo(1);
    }
  }

  @Test
  void manyLimitedCallsLeaveNothingBehind() throws Exception {
    try (TimeLimits limits = new TimeLimits(System::nanoTime).start()) {
      Chain chain = chain(limits);
      for (int i = 0; i < 10_000; i++) {
        chain.execute(Request.of(() -> ""));
      }
      assertThat(limits.underWay()).isZero();
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  private static Chain chain(TimeLimits limits) {
    VirtualTime time = new VirtualTime();
    Parts parts = time.parts(limits);
    return new Chain(
        LIMITED,
        new Breaker(
            LIMITED.breaker(),
            System::nanoTime,
            new java.util.concurrent.atomic.AtomicLong(1),
            (from, to) -> {}),
        new HourRing(System::nanoTime),
        new Parts(
            parts.clock(),
            System::nanoTime,
            parts.chance(),
            parts.pause(),
            parts.scheduler(),
            limits,
            parts.actions()));
  }
}
