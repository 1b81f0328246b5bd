package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Damage to the files of a running home, as who keeps it sees it, and what the sentences say to do then. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class ShardDamageIT {
  private static final String ID = "damage-";

  @TempDir static Path folder;
  private static Ladang ladang;

  @BeforeAll
  static void start() {
    ladang = Ladang.on(folder.resolve("home")).start();
    ladang.drop(Distribution.jar("samples", "org.ladang.plugin.bots"));
    ladang.awaitPlugin("bots", "ACTIVE");
    ladang.shell("bots:import_bots").succeeded();
    ladang.token();
  }

  @AfterAll
  static void stop() {
    ladang.close();
  }

  private static Path primary(int shard) {
    return ladang.home().resolve("data/shards/shard-" + shard + "/primary.mv.db");
  }

  /** Over REST: a shell command is a JVM of its own. */
  private static HttpResponse<String> ask(String action, String arguments) {
    HttpResponse<String> answer = ladang.http("POST", "/api/v1/actions/" + action, arguments);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static List<Map<String, Object>> shards() {
    return Ladang.list(ask("shard/list", "{}"));
  }

  private static Map<String, Object> shard(int shard) {
    return shards().stream()
        .filter(s -> s.get("id").equals("shard-" + shard))
        .findFirst()
        .orElseThrow();
  }

  /** Also as the first call after a start, which opens all files. */
  private static long count() {
    return Long.parseLong(ask("shard/count", "{\"table\":\"bots\"}").body().strip());
  }

  private static Map<String, Object> verified() {
    return Ladang.object(ask("shard/verify", "{}"));
  }

  private static void createBot(String id) {
    ask("bots/create_bot", "{\"id\":\"" + id + "\"}");
  }

  /** Everything can be read from the replica, the sentence says what to do, and doing it repairs. */
  private static void readsGoOnAndRebuildRepairs(int shard, long rows) {
    assertThat(count()).isEqualTo(rows);
    Map<String, Object> info = shard(shard);
    assertThat(info.get("state").toString()).isNotEqualTo("OK");
    assertThat(info.get("sentence").toString()).contains("shard:rebuild shard-" + shard);
    ladang.shell("shard:rebuild", "shard-" + shard, "--yes").succeeded();
    assertThat(shard(shard)).containsEntry("state", "OK");
    assertThat(verified()).containsEntry("clean", true);
    assertThat(count()).isEqualTo(rows);
  }

  private static void damaged(Path file, Damage damage) {
    ladang.stop();
    try {
      damage.to(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    ladang.start();
  }

  private interface Damage {
    void to(Path file) throws IOException;
  }

  @Test
  void aBackupBringsBackWhatWasThereAndVerifies() {
    long before = count();
    String name = ladang.shell("shard:backup").object().get("name").toString();
    createBot(ID + "later");
    assertThat(count()).isEqualTo(before + 1);

    Command asked = ladang.shell("shard:restore", name);
    assertThat(asked.exit()).isNotZero();
    assertThat(count()).isEqualTo(before + 1);
    ladang.shell("shard:restore", name, "--yes").succeeded();

    assertThat(count()).isEqualTo(before);
    assertThat(verified()).containsEntry("clean", true);
    List<Map<String, Object>> sets = ladang.shell("shard:backups").list();
    assertThat(sets).hasSize(1);
    assertThat(sets.get(0)).containsEntry("name", name).containsEntry("problem", "");
  }

  @Test
  void aDeletedPrimaryIsReadFromItsReplicaAndRebuilt() {
    long rows = count();
    damaged(primary(1), Files::delete);
    readsGoOnAndRebuildRepairs(1, rows);
  }

  @Test
  void aTruncatedPrimaryIsReadFromItsReplicaAndRebuilt() {
    long rows = count();
    damaged(
        primary(2),
        file -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(6_000);
          }
        });
    readsGoOnAndRebuildRepairs(2, rows);
  }

  @Test
  void anOverwrittenPrimaryIsReadFromItsReplicaAndRebuilt() {
    long rows = count();
    damaged(
        primary(3),
        file -> {
          byte[] bytes = Files.readAllBytes(file);
          for (int i = 0; i < bytes.length; i += 64) {
            bytes[i] ^= 0x10;
          }
          Files.write(file, bytes);
        });
    readsGoOnAndRebuildRepairs(3, rows);
  }

  @Test
  void aDeletedCatalogueIsMadeAgainFromTheShards() throws IOException {
    long rows = count();
    String map = ask("shard/map", "{}").body();
    ladang.stop();
    try (Stream<Path> files = Files.list(ladang.home().resolve("data/shards"))) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("catalogue")).toList()) {
        Files.delete(file);
      }
    }
    ladang.start();
    assertThat(count()).isEqualTo(rows);
    assertThat(ask("shard/map", "{}").body()).isEqualTo(map);
    assertThat(verified()).containsEntry("clean", true);
  }

  @Test
  void aReplicaFolderThatIsGoneForAWhileIsGivenWhatItMissed() throws IOException {
    ladang.stop();
    Path replicas = ladang.home().resolve("data/replicas");
    Path away = ladang.home().resolve("away");
    Files.move(replicas, away);
    ladang.start();
    for (int i = 0; i < 20; i++) {
      createBot(ID + "gone-" + i);
    }
    assertThat(shards())
        .anySatisfy(
            s -> {
              assertThat(s).containsEntry("state", "DEGRADED");
              assertThat(s.get("sentence").toString()).contains("replica");
            });
    Files.move(away, replicas);
    Ladang.await(
        "all shards in step",
        Duration.ofSeconds(40),
        () -> shards().stream().allMatch(s -> s.get("state").equals("OK")));
    assertThat(verified()).containsEntry("clean", true);
  }
}
