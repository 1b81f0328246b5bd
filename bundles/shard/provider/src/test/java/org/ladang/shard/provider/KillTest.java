package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.shard.Row;

class KillTest {
  private record Ack(long height, long version) {}

  @TempDir Path root;

  @Test
  @Timeout(120)
  void whatWasAcknowledgedSurvivesKillNine() throws Exception {
    Map<String, Ack> acknowledged = new HashMap<>();
    for (int round = 0; round < 4; round++) {
      acknowledged.putAll(killedAfter(300 + 700 * round));
      ShardedCluster cluster = Fakes.cluster(root);
      try {
        for (Map.Entry<String, Ack> entry : acknowledged.entrySet()) {
          String[] key = entry.getKey().split(" ");
          Row row = cluster.get("plants", key[0], key[1]).orElseThrow();
          // Later than the acknowledged one is possible: written, but killed before it could be
          // said.
          assertThat(row.version())
              .as(entry.getKey())
              .isGreaterThanOrEqualTo(entry.getValue().version());
          if (row.version() == entry.getValue().version()) {
            assertThat(row.fields()).containsEntry("height", entry.getValue().height());
          }
        }
        assertThat(cluster.count("plants")).isGreaterThanOrEqualTo(acknowledged.size());
      } finally {
        cluster.close();
      }
    }
  }

  /** H2 2.5.252 finds such a write no more: it lies where space was used again, and nothing points to it. */
  @Test
  @Timeout(120)
  void aSingleWriteAfterAPauseSurvivesKillNine() throws Exception {
    for (int round = 0; round < 2; round++) {
      Path home = root.resolve("pause-" + round);
      Process writer = start(home, 0);
      String said = new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(said).startsWith("lone p 1 ");
      ShardedCluster cluster = Fakes.cluster(home);
      try {
        assertThat(cluster.get("plants", "lone", "p")).isPresent();
        assertThat(cluster.count("plants")).isEqualTo(7_001);
      } finally {
        cluster.close();
      }
    }
  }

  /** Runs a writer, kills it in the midst of writing, and returns the last acknowledgement of each row. */
  private Map<String, Ack> killedAfter(int acknowledgements)
      throws IOException, InterruptedException {
    Process writer = start(root, 3);
    Map<String, Ack> last = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      int seen = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ");
        // The pipe may end within a line: only whole ones are acknowledgements.
        if (parts.length == 4 && parts[3].length() == 16) {
          last.put(
              parts[0] + " " + parts[1],
              new Ack(Long.parseLong(parts[2]), Long.parseLong(parts[3])));
        }
        if (++seen == acknowledgements) {
          // Not Process.destroyForcibly: it also closes the pipe that still holds acknowledgements.
          writer.toHandle().destroyForcibly();
        }
      }
      assertThat(seen).isGreaterThanOrEqualTo(acknowledgements);
    }
    assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return last;
  }

  private static Process start(Path home, int threads) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                home.toString(),
                Integer.toString(threads)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
