package org.ladang.health.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Kind;

class BuiltInChecksTest {
  private static final long MEBIBYTE = 1024 * 1024;

  private final Fakes fakes = new Fakes();

  @ParameterizedTest
  @CsvSource({"0, CRITICAL", "63, CRITICAL", "64, WARN", "511, WARN", "512, OK", "99999, OK"})
  void theDiskIsDegradedBeforeItIsFull(long free, Status status) {
    Result result =
        new DiskCheck(() -> free * MEBIBYTE, Fakes.defaults(DiskCheck.Config.class)).execute();

    assertThat(result.getStatus()).isEqualTo(status);
  }

  @Test
  void aDiskThatCannotBeAskedIsUnhealthy() {
    DiskCheck.Space gone =
        () -> {
          throw new IOException("stale handle");
        };

    assertThat(new DiskCheck(gone, Fakes.defaults(DiskCheck.Config.class)).execute().getStatus())
        .isEqualTo(Status.CRITICAL);
  }

  @ParameterizedTest
  @CsvSource({"10, OK", "80, OK", "81, WARN", "95, WARN", "96, CRITICAL"})
  void theHeapIsDegradedBeforeItIsFull(long percent, Status status) {
    HeapCheck check =
        new HeapCheck(
            () -> percent * MEBIBYTE, 100 * MEBIBYTE, Fakes.defaults(HeapCheck.Config.class));

    assertThat(check.execute().getStatus()).isEqualTo(status);
  }

  @Test
  void theHeapOfThisProcessIsFine() {
    Result result = new HeapCheck(Fakes.defaults(HeapCheck.Config.class)).execute();

    assertThat(result.getStatus()).isEqualTo(Status.OK);
    assertThat(sentences(result)).singleElement().asString().contains(" MiB of heap (");
  }

  @Test
  void aRefusedPluginIsDegradedAndToldWithItsSentence() {
    fakes.bundle("shard", Kind.SUBSYSTEM, Condition.ACTIVE, "", "");
    fakes.bundle("hello", Kind.PLUGIN, Condition.READY_LAZY, "", "");
    fakes.bundle("bots", Kind.PLUGIN, Condition.REFUSED, "It needs livestock.", "LADANG-X-001");
    Result result = new BundlesCheck(fakes).execute();

    assertThat(result.getStatus()).isEqualTo(Status.WARN);
    assertThat(sentences(result))
        .containsExactly(
            "Plugin bots is refused: It needs livestock. [LADANG-X-001]",
            "2 of 3 bundles are as they should be.");
  }

  @ParameterizedTest
  @CsvSource({
    "SUBSYSTEM, REFUSED, CRITICAL",
    "SUBSYSTEM, STUCK, CRITICAL",
    "SUBSYSTEM, WAITING, TEMPORARILY_UNAVAILABLE",
    "PLUGIN, WAITING, TEMPORARILY_UNAVAILABLE",
    "PLAIN, STUCK, WARN",
    "PLUGIN, STOPPED, OK",
    "PLUGIN, STARTING, OK"
  })
  void howBadABundleIsDependsOnWhatItIs(Kind kind, Condition state, Status status) {
    fakes.bundle("one", kind, state, "", "");

    assertThat(new BundlesCheck(fakes).execute().getStatus()).isEqualTo(status);
  }

  @Test
  void theRuntimeIsDegradedUntilItsStartHasEnded() {
    fakes.ready = false;
    assertThat(new ReadyCheck(fakes).execute().getStatus())
        .isEqualTo(Status.TEMPORARILY_UNAVAILABLE);
    fakes.ready = true;
    assertThat(sentences(new ReadyCheck(fakes).execute()))
        .containsExactly("Ladang 0.1.0 ready in 1 ms.");
  }

  private static List<String> sentences(Result result) {
    List<String> sentences = new ArrayList<>();
    result.forEach(entry -> sentences.add(entry.getMessage()));
    return sentences;
  }
}
