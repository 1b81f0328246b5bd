package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BotsIT {
  @TempDir Path folder;

  @Test
  void theImportedBotsAndEveryAcknowledgedWriteSurviveKill9() {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      ladang.drop(Distribution.jar("samples", "org.ladang.plugin.bots"));
      ladang.awaitPlugin("bots", "ACTIVE");
      assertThat(ladang.shell("bots:import_bots").object()).containsEntry("imported", 6993);
      assertThat(ladang.shell("bots:create_bot", "--args", "{\"id\":\"itest-extra\"}").object())
          .containsEntry("id", "itest-extra");
      ladang.kill9();

      ladang.start();
      assertThat(ladang.plugin("bots")).containsEntry("state", "ACTIVE");
      Map<String, Object> stats = ladang.shell("bots:get_registry_stats").object();
      assertThat(stats).containsEntry("count", 6994);
      assertThat(ladang.shell("bots:get_bot_status", "id=itest-extra").object())
          .containsEntry("id", "itest-extra");
      assertThat(ladang.shell("bots:import_bots").object()).containsEntry("created", 0);
    }
  }

  @Test
  void anImportThatIsCutOffByKill9IsFinishedByTheNextOne() throws Exception {
    try (Ladang ladang = Ladang.on(folder.resolve("cut")).start()) {
      ladang.drop(Distribution.jar("samples", "org.ladang.plugin.bots"));
      ladang.awaitPlugin("bots", "ACTIVE");
      ladang.token();
      Thread importing = new Thread(() -> startImport(ladang), "itest-import");
      importing.start();
      Ladang.await("the first bots", Duration.ofSeconds(60), () -> count(ladang) > 0);
      ladang.kill9();
      importing.join();

      ladang.start();
      ladang.awaitPlugin("bots", "ACTIVE");
      int kept = count(ladang);
      assertThat(kept).isPositive();
      assertThat(ladang.shell("bots:import_bots").object())
          .containsEntry("imported", 6993)
          .containsEntry("created", 6993 - kept);
      assertThat(count(ladang)).isEqualTo(6993);
      assertThat(ladang.shell("shard:verify").exit()).isZero();
    }
  }

  private static void startImport(Ladang ladang) {
    try {
      ladang.http("POST", "/api/v1/actions/bots/import_bots", "{}");
    } catch (RuntimeException | AssertionError e) {
      return; // The process is killed before it answers.
    }
  }

  private static int count(Ladang ladang) throws IOException {
    var answer = ladang.http("POST", "/api/v1/actions/bots/get_registry_stats", "{}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ((Number) Ladang.object(answer).get("count")).intValue();
  }
}
