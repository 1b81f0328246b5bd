package org.ladang.console.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogActionsTest {
  @TempDir Path folder;

  @Test
  void theNewestLinesComeFirstWithoutStackTraces() throws IOException {
    Path file = folder.resolve("ladang.log");
    Files.writeString(
        file,
        "2026-03-01 14:00:00.001 INFO  [main] one first\n"
            + "2026-03-01 14:00:01.001 ERROR [gate] two failed trace=\"abc-1\"\n"
            + "java.lang.IllegalStateException: no\n\tat x.Y\n"
            + "2026-03-01 14:00:02.001 WARN  [main] three\n");
    LogActions log = new LogActions(file);
    assertThat(log.log(Optional.empty(), Optional.empty(), Optional.empty()))
        .extracting(LogActions.LogLine::level)
        .containsExactly("WARN", "ERROR", "INFO");
    assertThat(log.log(Optional.of("failed"), Optional.of("error"), Optional.of(1)))
        .singleElement()
        .satisfies(line -> assertThat(line.trace()).isEqualTo("abc-1"));
  }

  @Test
  void whereThereIsNoLogThereAreNoLines() {
    assertThat(
            new LogActions(folder.resolve("none"))
                .log(Optional.empty(), Optional.empty(), Optional.empty()))
        .isEmpty();
  }
}
