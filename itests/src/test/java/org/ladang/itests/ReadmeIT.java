package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the code blocks that a README marks with {@code sh run}: those of one file in one shell, in the root of the
 * checkout, with a home of their own in {@code LADANG_HOME}. A command that fails fails the test.
 */
class ReadmeIT {
  @TempDir Path folder;

  static List<Path> readmesWithBlocks() throws IOException {
    try (Stream<Path> files = Files.walk(Distribution.ROOT, 5)) {
      return files
          .filter(f -> f.getFileName().toString().equals("README.md"))
          .filter(
              f ->
                  !Distribution.ROOT.relativize(f).toString().matches("(.*/)?(target|template)/.*"))
          .filter(f -> !blocks(Ladang.read(f)).isEmpty())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("readmesWithBlocks")
  void theBlocksMarkedRunDoRun(Path readme) throws IOException {
    Path script = folder.resolve("readme.sh");
    Files.writeString(script, "set -eu\n" + String.join("\n", blocks(Ladang.read(readme))));
    Path home = folder.resolve("home");
    Map<String, String> environment =
        Map.of("LADANG_HOME", home.toString(), "LADANG_HTTP_PORT", "0");
    try {
      Command.run(
              Distribution.ROOT,
              environment,
              Duration.ofMinutes(3),
              List.of("sh", script.toString()))
          .succeeded();
    } finally {
      try (Ladang left = Ladang.on(home)) {
        left.ladang("stop");
      }
    }
  }

  /** This test gives them a home; whoever reads them has none. */
  @ParameterizedTest
  @MethodSource("readmesWithBlocks")
  void theBlocksSetTheHomeThatTheyUse(Path readme) throws IOException {
    String all = String.join("\n", blocks(Ladang.read(readme)));
    int used = all.indexOf("\"$LADANG_HOME/");
    if (used >= 0) {
      assertThat(all.substring(0, used)).contains("export LADANG_HOME=");
    }
  }

  @Test
  void theFirstReadmeHasBlocksToRun() throws IOException {
    assertThat(readmesWithBlocks()).contains(Distribution.ROOT.resolve("README.md"));
  }

  @Test
  void onlyMarkedBlocksAreTaken() {
    String text = "```sh run\na\nb\n```\ntext\n```sh\nc\n```\n  ```sh run\n  d\n  ```\n";
    assertThat(blocks(text)).containsExactly("a\nb\n", "  d\n");
  }

  private static List<String> blocks(String text) {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = null;
    for (String line : text.split("\n")) {
      String bare = line.strip();
      if (block == null && bare.equals("```sh run")) {
        block = new StringBuilder();
      } else if (block != null && bare.equals("```")) {
        blocks.add(block.toString());
        block = null;
      } else if (block != null) {
        block.append(line).append('\n');
      }
    }
    return blocks;
  }
}
