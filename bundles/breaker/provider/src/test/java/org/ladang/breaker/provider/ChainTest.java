package org.ladang.breaker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ladang.breaker.BreakerState;
import org.ladang.breaker.Degradation;
import org.ladang.breaker.LimitSettings;
import org.ladang.breaker.PolicySettings;
import org.ladang.breaker.Request;
import org.ladang.breaker.RetrySettings;
import org.ladang.breaker.Served;
import org.ladang.breaker.Way;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Principal;

class ChainTest {
  private final VirtualTime time = new VirtualTime();
  private final PolicySettings usual = PolicySettings.usual("mill").with(Sample.inARow(3, 1, 1));

  @Test
  void whatSucceedsIsServedByItself() throws Exception {
    Served<String> served = Sample.chain(usual, time).execute(Request.of(() -> "flour"));
    assertThat(served.result()).isEqualTo("flour");
    assertThat(served.way()).isEqualTo(Way.PRIMARY);
    assertThat(served.firstError()).isEmpty();
  }

  @Test
  void onlyWhatMayBeDoneTwiceIsTriedAgain() throws Exception {
    Served<String> again = Sample.chain(usual, time).execute(Request.idempotent(failing(2)));
    assertThat(again.way()).hasToString("RETRY 2");
    assertThat(again.firstError().orElseThrow()).hasMessage("failure 1");
    assertThat(catchThrowable(() -> Sample.chain(usual, time).execute(Request.of(failing(2)))))
        .isInstanceOf(IOException.class)
        .hasMessage("failure 1");
  }

  @Test
  void pausesGrowUpToTheLongest() throws Exception {
    PolicySettings patient =
        usual
            .with(new RetrySettings(5, Duration.ofSeconds(1), Duration.ofSeconds(3), 2, 0, 1, 1000))
            .with(Sample.inARow(10, 1, 1));
    long begin = time.nanos();
    Sample.chain(patient, time).execute(Request.idempotent(failing(4)));
    assertThat(Duration.ofNanos(time.nanos() - begin)).isEqualTo(Duration.ofSeconds(1 + 2 + 3 + 3));
  }

  @Test
  void jitterMakesAPauseShorterOrLongerByItsShare() {
    RetrySettings settings =
        new RetrySettings(3, Duration.ofSeconds(1), Duration.ofSeconds(9), 2, 0.5, 1, 1);
    assertThat(Backoff.nanos(settings, 1, () -> 0)).isEqualTo(500_000_000L);
    assertThat(Backoff.nanos(settings, 1, () -> 1)).isEqualTo(1_500_000_000L);
    assertThat(Backoff.nanos(settings, 2, () -> 0.5)).isEqualTo(2_000_000_000L);
  }

  @Test
  void noRetryBeginsAfterTheDeadlineOfTheCall() {
    AtomicInteger calls = new AtomicInteger();
    Request<String> request =
        Request.<String>idempotent(
                () -> {
                  calls.incrementAndGet();
                  throw new IOException("down");
                })
            .in(
                CallContext.of(
                    Principal.SYSTEM, "local", "t", time.now().plus(Duration.ofMillis(150))));
    assertThat(catchThrowable(() -> Sample.chain(usual, time).execute(request)))
        .isInstanceOf(IOException.class);
    assertThat(calls).hasValue(2);
    time.pass(Duration.ofSeconds(1));
    assertThat(catchThrowable(() -> Sample.chain(usual, time).execute(request)))
        .hasMessageContaining("The deadline passed");
    assertThat(calls).hasValue(2);
  }

  @Test
  void anOpenBreakerRefusesWithItsCauseAndAFallbackServes() throws Exception {
    Chain chain = Sample.chain(usual, time);
    for (int i = 0; i < 3; i++) {
      catchThrowable(() -> chain.execute(Request.of(failing(1))));
    }
    assertThat(chain.breaker.phase().state()).isEqualTo(BreakerState.OPEN);
    LadangException refused =
        (LadangException) catchThrowable(() -> chain.execute(Request.of(() -> "flour")));
    assertThat(refused.code()).isEqualTo("LADANG-BREAKER-003");
    assertThat(refused)
        .hasMessageContaining("3 calls in a row failed")
        .hasMessageContaining("60 s");
    Served<String> served =
        chain.execute(
            Request.of(() -> "flour")
                .or("broken", error -> failing(1).call())
                .or("store", error -> "old flour"));
    assertThat(served.way()).hasToString("FALLBACK store");
    assertThat(served.result()).isEqualTo("old flour");
    assertThat(served.firstError()).containsInstanceOf(LadangException.class);
    assertThat(served.degraded()).isFalse();
  }

  @Test
  void aDegradedAnswerSaysThatItIsOne() throws Exception {
    Served<Object> value = degraded(Degradation.value(Map.of("items", 0)));
    assertThat(value.result()).isEqualTo(Map.of("items", 0));
    assertThat(value.way()).hasToString("DEGRADED value");
    assertThat(value.degraded()).isTrue();
    Served<Object> action = degraded(Degradation.action("board:plain"));
    assertThat(action.result()).isEqualTo("what board:plain answers");
    Served<Object> simple =
        Sample.chain(usual.with(Degradation.SIMPLIFIED), time)
            .execute(Request.<Object>of(ChainTest::down).simplified("no buttons", error -> "text"));
    assertThat(simple.way()).hasToString("DEGRADED no buttons");
    assertThat(
            catchThrowable(
                () ->
                    Sample.chain(usual.with(Degradation.SIMPLIFIED), time)
                        .execute(Request.of(ChainTest::down))))
        .isInstanceOf(IOException.class);
  }

  private Served<Object> degraded(Degradation degradation) throws Exception {
    return Sample.chain(usual.with(degradation), time).execute(Request.of(ChainTest::down));
  }

  @Test
  void whatIsIgnoredOpensNothingAndIsNotTriedAgain() {
    Chain chain = Sample.chain(usual, time);
    AtomicInteger calls = new AtomicInteger();
    for (int i = 0; i < 10; i++) {
      catchThrowable(
          () ->
              chain.execute(
                  Request.idempotent(
                      () -> {
                        calls.incrementAndGet();
                        throw new LadangException("LADANG-GATE-002", "A wrong argument.");
                      })));
    }
    assertThat(calls).hasValue(10);
    assertThat(chain.breaker.phase().state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void moreCallsAtATimeThanThereArePlacesAreRefusedAndCostNoPermit() throws Exception {
    Chain chain = Sample.chain(usual.with(LimitSettings.NONE.atOnce(1)), time);
    Throwable inner =
        chain
            .execute(
                Request.of(() -> catchThrowable(() -> chain.execute(Request.of(() -> "second")))))
            .result();
    assertThat(inner).isInstanceOf(LadangException.class).hasMessageContaining("be under way");
    assertThat(chain.execute(Request.of(() -> "third")).result()).isEqualTo("third");
    assertThat(chain.ring.measures().refused()).isEqualTo(1);
  }

  @Test
  void moreCallsThanTheRateAllowsAreRefused() {
    Chain chain =
        Sample.chain(
            usual.with(
                new LimitSettings(
                    3,
                    Duration.ZERO,
                    0,
                    Duration.ZERO,
                    Duration.ZERO,
                    org.ladang.breaker.Adaptive.OFF,
                    false)),
            time);
    long refused = 0;
    for (int i = 0; i < 20; i++) {
      if (catchThrowable(() -> chain.execute(Request.of(() -> ""))) instanceof LadangException e
          && e.code().equals("LADANG-BREAKER-004")) {
        refused++;
      }
    }
    // At most two of the limiter's seconds fall into this loop.
    assertThat(refused).isGreaterThanOrEqualTo(14);
  }

  @Test
  void theMeasuresOfTheLastHourAreShownAndForgottenAfterIt() throws Exception {
    Chain chain = Sample.chain(usual, time);
    chain.execute(
        Request.of(
            () -> {
              time.pass(Duration.ofMillis(30));
              return "";
            }));
    chain.execute(Request.idempotent(failing(1)));
    assertThat(chain.ring.measures())
        .satisfies(m -> assertThat(m.calls()).isEqualTo(2))
        .satisfies(m -> assertThat(m.errors()).isEqualTo(1))
        .satisfies(m -> assertThat(m.retries()).isEqualTo(1))
        .satisfies(m -> assertThat(m.successRate()).isEqualTo(2.0 / 3))
        .satisfies(m -> assertThat(m.meanResponse()).isEqualTo(Duration.ofMillis(10)));
    assertThat(Score.of(BreakerState.CLOSED, chain.ring.measures()).score())
        .isEqualTo((int) Math.round(40 + 40 * 2.0 / 3 + 5 + 10));
    time.pass(Duration.ofMinutes(61));
    assertThat(chain.ring.measures().calls()).isZero();
    assertThat(Score.of(BreakerState.OPEN, chain.ring.measures()).score()).isEqualTo(60);
  }

  private static String down() throws IOException {
    throw new IOException("down");
  }

  private static Callable<String> failing(int times) {
    AtomicInteger calls = new AtomicInteger();
    return () -> {
      if (calls.incrementAndGet() <= times) {
        throw new IOException("failure " + calls.get());
      }
      return "flour";
    };
  }
}
