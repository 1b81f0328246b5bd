package org.ladang.security.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AuditKillTest {
  @TempDir Path folder;

  @Test
  @Timeout(60)
  void afterKillEverythingThatWasFlushedIsThereAndTheChainGoesOn() throws Exception {
    AuditFolder trail = new AuditFolder(folder.resolve("security"), 100_000, 100);
    for (int round = 1; round <= 3; round++) {
      ChainLink safe = fillAndKill(400 * round);
      trail.anchors.head(safe);
      AuditVerdict verdict = trail.verify();
      assertThat(verdict.ok()).as(verdict.sentence()).isTrue();
      assertThat(verdict.last()).isGreaterThanOrEqualTo(safe.seq());
    }
    trail.write(10);
    assertThat(trail.verify().ok()).isTrue();
  }

  /** Gives what the child said was safe on disk before it was killed. */
  private ChainLink fillAndKill(int seq) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AuditChild.class.getName(),
                folder.resolve("security").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = child.inputReader()) {
      while (true) {
        String line = out.readLine();
        assertThat(line).as("the child goes on until it is killed").isNotNull();
        String[] words = line.split(" ");
        if (Long.parseLong(words[0]) >= seq) {
          return new ChainLink(Long.parseLong(words[0]), words[1]);
        }
      }
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
