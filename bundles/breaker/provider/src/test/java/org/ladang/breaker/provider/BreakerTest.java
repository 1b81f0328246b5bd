package org.ladang.breaker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.ladang.breaker.BreakerState;

class BreakerTest {
  private static final long FAST = 1_000_000;
  private static final long SLOW = 2_000_000_000L;

  private final VirtualTime time = new VirtualTime();

  @Test
  void fiveFailuresInARowOpenItAndASuccessInBetweenDoesNot() {
    Breaker breaker = Sample.breaker(Sample.inARow(5, 2, 2), time);
    call(breaker, 4, true);
    call(breaker, 1, false);
    call(breaker, 4, true);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.CLOSED);
    call(breaker, 1, true);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.OPEN);
    assertThat(breaker.phase().cause()).isEqualTo("5 calls in a row failed.");
    assertThat(breaker.acquire()).isEqualTo(Breaker.REFUSED);
    assertThat(breaker.left()).isEqualTo(Sample.WAIT);
  }

  @Test
  void afterItsWaitItLetsSomePassOnTrialAndClosesWhenTheySucceed() {
    Breaker breaker = open(Sample.inARow(1, 2, 3));
    time.pass(Sample.WAIT.minusNanos(1));
    assertThat(breaker.acquire()).isEqualTo(Breaker.REFUSED);
    time.pass(Duration.ofNanos(1));
    long first = breaker.acquire();
    long second = breaker.acquire();
    assertThat(breaker.acquire()).isEqualTo(Breaker.REFUSED);
    breaker.done(first, false, FAST);
    breaker.done(second, false, FAST);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.HALF_OPEN);
    call(breaker, 1, false);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.CLOSED);
    assertThat(breaker.phase().cause()).isEqualTo("3 calls on trial succeeded.");
  }

  @Test
  void aTrialThatFailsOpensItForAnotherWait() {
    Breaker breaker = open(Sample.inARow(1, 2, 2));
    time.pass(Sample.WAIT);
    call(breaker, 1, true);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.OPEN);
    assertThat(breaker.left()).isEqualTo(Sample.WAIT);
  }

  @Test
  void aCallerThatNeverComesBackDoesNotLeaveItHalfOpen() {
    Breaker breaker = open(Sample.inARow(1, 1, 1));
    time.pass(Sample.WAIT);
    long lost = breaker.acquire();
    time.pass(Sample.LEASE);
    assertThat(breaker.acquire()).isEqualTo(Breaker.REFUSED);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.OPEN);
    assertThat(breaker.phase().cause()).contains("did not come back within 30000 ms");
    breaker.done(lost, false, FAST);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.OPEN);
    time.pass(Sample.WAIT);
    call(breaker, 1, false);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void whatItIsToldOfLeasesIsTrueWithoutFurtherCalls() {
    Breaker breaker = open(Sample.inARow(1, 1, 1));
    time.pass(Sample.WAIT);
    breaker.acquire();
    time.pass(Sample.LEASE);
    breaker.look();
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void aCallOfAFormerPhaseCountsInNoOther() {
    Breaker breaker = Sample.breaker(Sample.inARow(1, 1, 1), time);
    long slow = breaker.acquire();
    call(breaker, 1, true);
    time.pass(Sample.WAIT);
    long trial = breaker.acquire();
    breaker.done(slow, true, FAST);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.HALF_OPEN);
    breaker.done(trial, false, FAST);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.CLOSED);
    breaker.done(slow, true, FAST);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void aReleasedPermitIsFreeForTheNext() {
    Breaker breaker = open(Sample.inARow(1, 1, 1));
    time.pass(Sample.WAIT);
    breaker.release(breaker.acquire());
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.HALF_OPEN);
    call(breaker, 1, false);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void halfOfTwentyCallsOpensItByTheirShare() {
    Breaker breaker = Sample.breaker(Sample.rates(0.5, 0, 100, 20), time);
    for (int i = 0; i < 9; i++) {
      call(breaker, 1, true);
      call(breaker, 1, false);
    }
    call(breaker, 1, false);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.CLOSED);
    call(breaker, 1, true);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.OPEN);
    assertThat(breaker.phase().cause()).isEqualTo("50 % of the last calls failed.");
  }

  @Test
  void slowCallsOpenItByTheirShareAndASlowTrialOpensItAgain() {
    Breaker breaker = Sample.breaker(Sample.rates(0, 1, 10, 10), time);
    for (int i = 0; i < 10; i++) {
      breaker.done(breaker.acquire(), false, SLOW);
    }
    assertThat(breaker.phase().cause())
        .isEqualTo("100 % of the last calls took longer than 1000 ms.");
    time.pass(Sample.WAIT);
    breaker.done(breaker.acquire(), false, SLOW);
    assertThat(breaker.phase().cause()).isEqualTo("A call on trial was slow.");
  }

  @Test
  void anOperatorsWishHoldsWhateverCallsDo() {
    Breaker breaker = Sample.breaker(Sample.inARow(1, 1, 1), time);
    breaker.force(BreakerState.DISABLED, "tests");
    call(breaker, 100, true);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.DISABLED);
    breaker.force(BreakerState.FORCED_OPEN, "tests");
    time.pass(Sample.WAIT.multipliedBy(100));
    assertThat(breaker.acquire()).isEqualTo(Breaker.REFUSED);
    breaker.force(BreakerState.CLOSED, "tests");
    assertThat(breaker.acquire()).isPositive();
  }

  private Breaker open(org.ladang.breaker.BreakerSettings settings) {
    Breaker breaker = Sample.breaker(settings, time);
    call(breaker, settings.consecutiveFailures(), true);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.OPEN);
    return breaker;
  }

  private static void call(Breaker breaker, int times, boolean failed) {
    for (int i = 0; i < times; i++) {
      breaker.done(breaker.acquire(), failed, FAST);
    }
  }
}
