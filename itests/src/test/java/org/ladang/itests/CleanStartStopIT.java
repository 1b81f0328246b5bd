package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CleanStartStopIT {
  private static final Pattern TROUBLE =
      Pattern.compile(
          "\\b(WARN|WARNING|ERROR|SEVERE)\\b|Exception|^\\s+at \\S+\\(", Pattern.MULTILINE);

  @TempDir Path folder;

  static List<Path> jdks() {
    return JavaHomes.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void startingAndStoppingLeavesNoWarningAndNoStackTrace(Path jdk) {
    try (Ladang ladang = Ladang.on(folder.resolve("a home"), jdk).start()) {
      assertThat(ladang.console())
          .containsPattern(
              "Ladang \\S+ ready in \\d+ ms: \\d+ subsystems, 0 plugins \\(0 refused\\)");
      assertThat(ladang.stop()).isZero();
      assertThat(trouble(ladang.console())).as(ladang.console()).isEmpty();
      assertThat(trouble(ladang.log())).as(ladang.log()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aSecondStartFromTheKeptCacheIsAsClean(Path jdk) {
    Path home = folder.resolve("home");
    try (Ladang ladang = Ladang.on(home, jdk).start()) {
      assertThat(ladang.stop()).isZero();
      ladang.start();
      assertThat(ladang.stop()).isZero();
      assertThat(trouble(ladang.log())).as(ladang.log()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void nothingUntrueStaysInRun(Path jdk) {
    try (Ladang ladang = Ladang.on(folder.resolve("home"), jdk).start()) {
      assertThat(Files.exists(ladang.run("pid"))).isTrue();
      assertThat(Files.exists(ladang.run("http.port"))).isTrue();
      ladang.stop();
      assertThat(List.of("pid", "ready", "failed", "http.port", "shell.sock", "shell.path"))
          .noneMatch(file -> Files.exists(ladang.run(file)));
    }
  }

  @Test
  void anEventThatIsStillBeingDeliveredLeavesTheStopClean() throws IOException {
    Path sign = folder.resolve("an event is here");
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      ladang.drop(Listeners.holdsOnToEvents("reed", sign, folder));
      ladang.awaitPlugin("reed", "ACTIVE");
      await("the handler to be called").atMost(ONE_MINUTE).until(() -> Files.exists(sign));
      assertThat(ladang.stop()).isZero();
      assertThat(trouble(ladang.console())).as(ladang.console()).isEmpty();
      assertThat(trouble(ladang.log())).as(ladang.log()).isEmpty();
    }
  }

  private static List<String> trouble(String text) {
    return text.lines().filter(line -> TROUBLE.matcher(line).find()).toList();
  }
}
