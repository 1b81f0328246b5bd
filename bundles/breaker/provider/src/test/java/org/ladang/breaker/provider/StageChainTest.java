package org.ladang.breaker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.ladang.breaker.BreakerState;
import org.ladang.breaker.Degradation;
import org.ladang.breaker.LimitSettings;
import org.ladang.breaker.PolicySettings;
import org.ladang.breaker.Request;
import org.ladang.breaker.Served;

class StageChainTest {
  private final VirtualTime time = new VirtualTime();
  private final TimeLimits limits = new TimeLimits(time::nanos);
  private final PolicySettings usual = PolicySettings.usual("mill").with(Sample.inARow(3, 1, 1));

  @Test
  void anAnswerThatComesLaterIsServedWhenItComes() {
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletableFuture<Served<String>> answer = submit(chain(usual), Request.of(() -> work));
    assertThat(answer).isNotDone();
    work.complete("flour");
    assertThat(answer.join().result()).isEqualTo("flour");
    assertThat(answer.join().way()).hasToString("PRIMARY");
  }

  @Test
  void retriesWaitOnTheSchedulerAndNotOnAThread() {
    AtomicInteger calls = new AtomicInteger();
    CompletableFuture<Served<String>> answer =
        submit(
            chain(usual),
            Request.idempotent(
                () ->
                    calls.incrementAndGet() < 3
                        ? CompletableFuture.failedFuture(new IOException("down"))
                        : CompletableFuture.completedFuture("flour")));
    assertThat(calls).hasValue(1);
    time.pass(Duration.ofSeconds(1));
    assertThat(answer.join().way()).hasToString("RETRY 2");
  }

  @Test
  void aCallThatTakesTooLongIsCancelledCountedAndStoodInFor() {
    Chain chain = chain(usual.with(LimitSettings.NONE.within(Duration.ofMillis(100))));
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletableFuture<Served<String>> answer =
        submit(
            chain,
            Request.<CompletionStage<String>>of(() -> work)
                .or("store", error -> CompletableFuture.completedFuture(error.getMessage())));
    time.pass(Duration.ofMillis(99));
    limits.look();
    assertThat(answer).isNotDone();
    time.pass(Duration.ofMillis(1));
    limits.look();
    time.pass(Duration.ZERO);
    assertThat(work).isCancelled();
    assertThat(answer.join().way()).hasToString("FALLBACK store");
    assertThat(answer.join().result()).contains("had not answered after 100 ms");
    assertThat(chain.ring.measures().errors()).isEqualTo(1);
  }

  @Test
  void whoeverGivesTheAnswerUpGivesTheWorkUpAndThatIsNoFailure() {
    Chain chain = chain(usual);
    for (int i = 0; i < 5; i++) {
      CompletableFuture<String> work = new CompletableFuture<>();
      submit(chain, Request.of(() -> work)).cancel(true);
      assertThat(work).isCancelled();
    }
    assertThat(chain.breaker.phase().state()).isEqualTo(BreakerState.CLOSED);
    assertThat(chain.ring.measures().errors()).isZero();
  }

  @Test
  void failuresOpenTheBreakerAndTheFirstErrorIsTheAnswer() {
    Chain chain = chain(usual);
    for (int i = 0; i < 3; i++) {
      CompletableFuture<Served<String>> answer =
          submit(
              chain,
              Request.of(
                  () -> {
                    throw new IOException("down");
                  }));
      assertThat(answer)
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .havingCause()
          .withMessage("down");
    }
    assertThat(chain.breaker.phase().state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void aDegradedAnswerIsServedLast() {
    CompletableFuture<Served<Object>> answer =
        submit(
            chain(usual.with(Degradation.value("less"))),
            Request.<CompletionStage<Object>>of(
                    () -> CompletableFuture.failedFuture(new IOException("down")))
                .or("broken", error -> CompletableFuture.failedFuture(error)));
    assertThat(answer.join().result()).isEqualTo("less");
    assertThat(answer.join().degraded()).isTrue();
  }

  @Test
  void aPlaceIsFreeAgainWhenTheAnswerHasCome() {
    Chain chain = chain(usual.with(LimitSettings.NONE.atOnce(1)));
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletableFuture<Served<String>> first = submit(chain, Request.of(() -> work));
    CompletableFuture<Served<String>> second =
        submit(chain, Request.of(() -> CompletableFuture.completedFuture("second")));
    assertThat(second).isCompletedExceptionally();
    work.complete("first");
    assertThat(first.join().result()).isEqualTo("first");
    assertThat(
            submit(chain, Request.of(() -> CompletableFuture.completedFuture("third")))
                .join()
                .result())
        .isEqualTo("third");
  }

  @Test
  void theErrorOfAStageIsNotWrapped() {
    CompletableFuture<Served<String>> answer =
        submit(
            chain(usual),
            Request.<CompletionStage<String>>of(
                    () ->
                        CompletableFuture.failedFuture(
                            new CompletionException(new IOException("down"))))
                .or("store", error -> CompletableFuture.completedFuture("old")));
    assertThat(answer.join().firstError())
        .get(InstanceOfAssertFactories.THROWABLE)
        .hasMessage("down");
  }

  private Chain chain(PolicySettings settings) {
    return new Chain(
        settings,
        Sample.breaker(settings.breaker(), time),
        new HourRing(time::nanos),
        time.parts(limits));
  }

  private static <T> CompletableFuture<Served<T>> submit(
      Chain chain, Request<CompletionStage<T>> request) {
    return StageChain.submit(chain, request).toCompletableFuture();
  }
}
