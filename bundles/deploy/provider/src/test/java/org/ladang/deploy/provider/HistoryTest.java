package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.deploy.Attempt.Step;

class HistoryTest {
  private final FakeKernel.FakeState state = new FakeKernel.FakeState();
  private final History history = new History(state);

  private static Attempt attempt(String file) {
    return new Attempt(
        0,
        Instant.parse("2026-01-02T03:04:05Z"),
        file,
        "bots",
        "1.0.0",
        Outcome.REFUSED,
        "No.",
        "LADANG-DEPLOY-004",
        "Do this.",
        "inbox",
        42,
        List.of(new Step("complete", 1), new Step("refused", 42)));
  }

  @Test
  void whatIsWrittenIsReadAsItWas() {
    Attempt written = history.append(List.of(attempt("a.jar"))).get(0);

    assertThat(new History(state).newest(10)).containsExactly(written);
    assertThat(written.id()).isEqualTo(1);
  }

  @Test
  void theNewestComeFirstAndOnlySoManyAreKept() {
    for (int i = 0; i < 700; i++) {
      history.append(List.of(attempt("f" + i)));
    }
    assertThat(history.newest(3)).extracting(Attempt::file).containsExactly("f699", "f698", "f697");
    assertThat(history.newest(10_000)).hasSize(History.KEPT);
    assertThat(state.values).hasSize(History.KEPT);
  }

  @Test
  void idsGoOnAfterAGroupAndAfterARestart() {
    history.append(IntStream.range(0, 10).mapToObj(i -> attempt("g" + i)).toList());
    List<Attempt> next = new History(state).append(List.of(attempt("x")));

    assertThat(next.get(0).id()).isEqualTo(11);
  }
}
