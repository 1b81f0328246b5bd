package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shards' provider is replaced, twice, while bots are made and read: no call fails, and nothing is lost. */
class ShardSwapIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int WRITERS = 3;

  @TempDir Path folder;
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong reads = new AtomicLong();

  @Test
  void noCallFailsWhileTheProviderIsReplaced() throws Exception {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      ladang.drop(Distribution.jar("samples", "org.ladang.plugin.bots"));
      ladang.awaitPlugin("bots", "ACTIVE");
      ladang.token();
      AtomicBoolean stop = new AtomicBoolean();
      List<Thread> callers = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        String prefix = "swap-" + w + "-";
        Thread caller = new Thread(() -> writeAndRead(ladang, prefix, stop), "caller-" + w);
        caller.start();
        callers.add(caller);
      }
      try {
        awaitCalls();
        replace(ladang, "7.0.0");
        awaitCalls();
        replace(ladang, "8.0.0");
        awaitCalls();
      } finally {
        stop.set(true);
        for (Thread caller : callers) {
          caller.join(SOON.toMillis());
          assertThat(caller.isAlive()).isFalse();
        }
      }
      assertThat(failures).isEmpty();
      assertThat(reads.get()).isGreaterThanOrEqualTo(acknowledged.size());
      Map<String, Object> verified =
          Ladang.object(ladang.http("POST", "/api/v1/actions/shard/verify", "{}"));
      assertThat(verified).as("%s", verified).containsEntry("clean", true);
      for (String id : acknowledged) {
        assertThat(call(ladang, "get_bot_status", id).statusCode()).as(id).isEqualTo(200);
      }
    }
  }

  private void awaitCalls() {
    int before = acknowledged.size();
    Ladang.await("calls go on", SOON, () -> acknowledged.size() > before + 20);
  }

  private void replace(Ladang ladang, String version) throws IOException {
    Path room = Distribution.jar("system/rooms", "org.ladang.shard.provider");
    Path copies = Files.createDirectories(folder.resolve("copies-" + version));
    long before = ladang.generation();
    ladang.drop(BundleCopies.withVersion(room, copies.resolve(room.getFileName()), version));
    Ladang.await("the provider is " + version, SOON, () -> ladang.generation() > before);
  }

  private static HttpResponse<String> call(Ladang ladang, String action, String id) {
    return ladang.http("POST", "/api/v1/actions/bots/" + action, "{\"id\":\"" + id + "\"}");
  }

  private void writeAndRead(Ladang ladang, String prefix, AtomicBoolean stop) {
    for (int n = 0; !stop.get(); n++) {
      String id = prefix + n;
      HttpResponse<String> made = call(ladang, "create_bot", id);
      if (made.statusCode() == 200) {
        acknowledged.add(id);
      } else {
        failures.add(made.statusCode() + " " + made.body());
      }
      HttpResponse<String> read = call(ladang, "get_bot_status", id);
      reads.incrementAndGet();
      if (read.statusCode() != 200) {
        failures.add(read.statusCode() + " " + read.body());
      }
    }
  }
}
