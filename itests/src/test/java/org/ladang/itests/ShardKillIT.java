package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole distribution, killed while it is written to, again and again on one home; {@code -Dladang.kill.rounds=1000}
 * for a night.
 */
class ShardKillIT {
  private static final int WRITERS = 3;

  @TempDir Path folder;
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  @Test
  void everyAcknowledgedWriteIsOnBothCopiesAfterEveryKill9() {
    int rounds = Integer.getInteger("ladang.kill.rounds", 20);
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      ladang.drop(Distribution.jar("samples", "org.ladang.plugin.bots"));
      ladang.awaitPlugin("bots", "ACTIVE");
      ladang.token();
      for (int round = 0; round < rounds; round++) {
        writeAndKill(ladang, round);
        ladang.start();
        check(ladang, round);
      }
      assertThat(acknowledged).hasSizeGreaterThan(5 * rounds);
    }
  }

  /** Kills in another moment of the work in each round: after so many acknowledgements, not after a time. */
  private void writeAndKill(Ladang ladang, int round) {
    AtomicBoolean stop = new AtomicBoolean();
    int before = acknowledged.size();
    List<Thread> writers = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      int writer = w;
      Thread thread =
          new Thread(() -> write(ladang, "r" + round + "-w" + writer + "-", stop), "writer-" + w);
      thread.start();
      writers.add(thread);
    }
    try {
      Ladang.await(
          "acknowledgements",
          Duration.ofSeconds(60),
          () -> acknowledged.size() - before > 8 + round * 7 % 40);
      ladang.kill9();
    } finally {
      stop.set(true);
      for (Thread thread : writers) {
        join(thread);
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(60).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    assertThat(thread.isAlive()).isFalse();
  }

  private void write(Ladang ladang, String prefix, AtomicBoolean stop) {
    for (int n = 0; !stop.get(); n++) {
      String id = prefix + n;
      try {
        HttpResponse<String> answer =
            ladang.http("POST", "/api/v1/actions/bots/create_bot", "{\"id\":\"" + id + "\"}");
        if (answer.statusCode() == 200) {
          acknowledged.add(id);
        }
      } catch (UncheckedIOException e) {
        // Killed in the midst of it: nobody was told anything.
        return;
      }
    }
  }

  private void check(Ladang ladang, int round) {
    Map<String, Object> verified =
        Ladang.object(ladang.http("POST", "/api/v1/actions/shard/verify", "{}"));
    assertThat(verified).as("round %d: %s", round, verified).containsEntry("clean", true);
    assertThat(present(ladang)).as("round %d", round).containsAll(acknowledged);
  }

  /** The ids of all rows, page by page. */
  private static Set<String> present(Ladang ladang) {
    Set<String> ids = new HashSet<>();
    String cursor = "";
    do {
      Map<String, Object> page =
          Ladang.object(
              ladang.http(
                  "POST",
                  "/api/v1/actions/shard/scan",
                  "{\"table\":\"bots\",\"limit\":1000"
                      + (cursor.isEmpty() ? "" : ",\"cursor\":\"" + cursor + "\"")
                      + "}"));
      assertThat(page).containsKey("rows");
      for (Object row : (List<?>) page.get("rows")) {
        ids.add(((Map<?, ?>) row).get("id").toString());
      }
      cursor = page.get("next") instanceof String next ? next : "";
    } while (!cursor.isEmpty());
    return ids;
  }
}
