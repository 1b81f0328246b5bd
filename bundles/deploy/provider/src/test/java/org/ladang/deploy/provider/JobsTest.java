package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.deploy.Job;
import org.ladang.kernel.LadangException;

class JobsTest {
  private final FakeKernel.FakeState state = new FakeKernel.FakeState();
  private final History history = new History(state);
  private final FakeClock clock = new FakeClock();
  private Jobs jobs = new Jobs(state, history, clock);

  private static Attempt attempt(String file, Outcome outcome, String sentence, String code) {
    return new Attempt(
        0,
        Instant.parse("2026-01-02T03:04:05Z"),
        file,
        "bots",
        "2.0.0",
        outcome,
        sentence,
        code,
        "",
        "inbox",
        42,
        List.of());
  }

  private Job accept(String file, CompletableFuture<Attempt> order) {
    return jobs.follow(
        Job.Order.ACCEPT,
        file,
        "rani",
        () -> order,
        attempt -> JobEnding.of(Job.Order.ACCEPT, attempt));
  }

  @Test
  void aJobWhoseJarWasRefusedHasFailedAndSaysWhy() {
    CompletableFuture<Attempt> order = new CompletableFuture<>();
    Job begun = accept("bots.jar", order);
    assertThat(begun.state()).isEqualTo(Job.State.RUNNING);

    order.complete(attempt("bots.jar", Outcome.REFUSED, "It is no ZIP.", "LADANG-JAR-001"));

    Job ended = jobs.find(begun.id()).orElseThrow();
    assertThat(ended.state()).isEqualTo(Job.State.FAILED);
    assertThat(ended.code()).isEqualTo("LADANG-JAR-001");
    assertThat(ended.sentence()).isEqualTo("It is no ZIP.");
  }

  @Test
  void aRollbackIsASuccessOnlyOfTheOrderToRollBack() {
    Attempt back = attempt("", Outcome.ROLLED_BACK, "rani went back.", "");

    assertThat(JobEnding.of(Job.Order.ROLLBACK, back).state()).isEqualTo(Job.State.DONE);
    assertThat(JobEnding.of(Job.Order.ACCEPT, back).state()).isEqualTo(Job.State.FAILED);
  }

  @Test
  void theJobThatReplacedTheRoomEndsAsTheHistoryOfItsSuccessorSays() {
    history.append(List.of(attempt("deploy.jar", Outcome.REFUSED, "Long ago.", "LADANG-JAR-001")));
    String id = accept("deploy.jar", new CompletableFuture<>()).id();

    jobs = new Jobs(state, history, clock);
    assertThat(jobs.find(id).orElseThrow().state()).isEqualTo(Job.State.HANDED_OVER);

    history.append(List.of(attempt("other.jar", Outcome.LIVE, "Another one.", "")));
    history.append(List.of(attempt("deploy.jar", Outcome.LIVE, "It serves.", "")));
    Job ended = jobs.find(id).orElseThrow();
    assertThat(ended.state()).isEqualTo(Job.State.DONE);
    assertThat(ended.sentence()).isEqualTo("It serves.");
    assertThat(jobs.newest(10)).containsExactly(ended);
  }

  @Test
  void anOrderThatCannotBeGivenIsNoJob() {
    assertThatThrownBy(
            () ->
                jobs.follow(
                    Job.Order.ACCEPT,
                    "missing.jar",
                    "rani",
                    () -> {
                      throw new LadangException("LADANG-DEPLOY-021", "There is no such file.");
                    },
                    (Attempt attempt) -> JobEnding.of(Job.Order.ACCEPT, attempt)))
        .isInstanceOf(LadangException.class);
    assertThat(jobs.newest(10)).isEmpty();
  }
}
