package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.itests.field.BundleBuilder;

/** Pools as an operator sees them: made, drained and ejected from, and there again after a swap and a restart. */
class BalancerIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String ROOM = "org.ladang.balancer.provider";

  @TempDir Path folder;

  @Test
  void whatAnOperatorWantsOfAPoolOutlivesItsProviderAndTheProcess() throws IOException {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      assertThat(make(ladang, "round-robin").object()).containsEntry("available", 3);
      assertThat(ladang.shell("balancer:drain", "pool=mills", "endpoint=west").exit()).isZero();
      fail(ladang, "north", 5);
      assertThat(endpoint(ladang, "west")).containsEntry("state", "DRAINING");
      assertThat(endpoint(ladang, "north")).containsEntry("state", "EJECTED");
      assertThat(permitted(ladang)).isEqualTo("south");

      Path next = folder.resolve(ROOM + ".jar");
      BundleCopies.withVersion(Distribution.jar("system/rooms", ROOM), next, "7.1.0");
      ladang.drop(next, ROOM + ".jar");
      Ladang.await("the new provider", SOON, () -> isActive(ladang, ROOM + ".jar"));
      kept(ladang);
      // Counts pass from one provider to the next, and with them how often somebody was ejected.
      assertThat(endpoint(ladang, "north"))
          .containsEntry("failed", 5)
          .containsEntry("ejections", 1);

      assertThat(ladang.stop()).isZero();
      ladang.start();
      kept(ladang);
      assertThat(ladang.shell("balancer:remove", "pool=mills").exit()).isZero();
      assertThat(ladang.shell("balancer:stats", "pool=mills").toString())
          .contains("LADANG-BALANCER-001");
    }
  }

  @Test
  void anAlgorithmIsADroppedBundleAndItsPoolsAreServedWhenItGoes() throws IOException {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      Path jar =
          BundleBuilder.bundle("itest.last")
              .against(Distribution.jar("system/base", "org.ladang.balancer.api"))
              .source(
                  "itest.last.Last",
                  """
                  package itest.last;
                  import org.ladang.balancer.*;
                  import org.osgi.service.component.annotations.*;
                  @Component(property = {"balancer.name=last", "balancer.title=Always the last."})
                  public final class Last implements Balancer {
                    @Override public int pick(Candidates candidates, Ask ask) {
                      return candidates.size() - 1;
                    }
                  }
                  """)
              .build(folder);
      String file = ladang.drop(jar);
      Ladang.await("the algorithm", SOON, () -> isActive(ladang, file));
      make(ladang, "last");
      for (int i = 0; i < 5; i++) {
        assertThat(permitted(ladang)).isEqualTo("west");
      }

      Files.delete(ladang.home().resolve("deploy").resolve(file));
      Ladang.await("it is gone", SOON, () -> !isActive(ladang, file));
      assertThat(permitted(ladang)).isIn("north", "south", "west");
    }
  }

  @Test
  void copiesOfAShardAreReadAsThePoolSaysWhenThatIsConfigured() throws IOException {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      ladang.shell("config:set", "pid=org.ladang.shard", "key=reads", "value=balanced").succeeded();
      ladang.drop(Distribution.jar("samples", "org.ladang.plugin.bots"), "bots.jar");
      ladang.awaitPlugin("bots", "ACTIVE");
      ladang.shell("bots:create_bot", "id=weeder").succeeded();
      read(ladang);
      String pool =
          ladang.shell("balancer:list").object().get("pools").toString().split("copies\\.", 2)[1];
      pool = "copies." + pool.substring(0, pool.indexOf(','));
      ladang.shell("balancer:set", "pool=" + pool, "algorithm=round-robin").succeeded();
      for (int i = 0; i < 6; i++) {
        read(ladang);
      }
      Map<String, Object> stats = ladang.shell("balancer:stats", "pool=" + pool).object();
      assertThat(stats).containsEntry("inFlight", 0).containsEntry("failed", 0);
      assertThat((List<?>) stats.get("endpoints"))
          .hasSize(2)
          .allSatisfy(
              copy ->
                  assertThat(((Number) ((Map<?, ?>) copy).get("calls")).intValue())
                      .as(stats.toString())
                      .isGreaterThanOrEqualTo(3));
    }
  }

  private static void read(Ladang ladang) {
    assertThat(ladang.shell("bots:get_bot_status", "id=weeder").object())
        .containsEntry("id", "weeder");
  }

  private static Command make(Ladang ladang, String algorithm) {
    Command made =
        ladang.shell(
            "balancer:set",
            "--args",
            "{\"pool\":\"mills\",\"algorithm\":\""
                + algorithm
                + "\",\"endpoints\":[{\"id\":\"north\"},{\"id\":\"south\"},{\"id\":\"west\"}]}");
    assertThat(made.exit()).as(made.toString()).isZero();
    return made;
  }

  private static void fail(Ladang ladang, String endpoint, int times) {
    for (int i = 0; i < times; i++) {
      Command recorded =
          ladang.shell(
              "balancer:record_result", "pool=mills", "endpoint=" + endpoint, "outcome=failed");
      assertThat(recorded.exit()).as(recorded.toString()).isZero();
    }
  }

  private static void kept(Ladang ladang) {
    Map<String, Object> stats = ladang.shell("balancer:stats", "pool=mills").object();
    assertThat(stats).containsEntry("algorithm", "round-robin");
    assertThat(endpoint(ladang, "west")).containsEntry("state", "DRAINING");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> endpoint(Ladang ladang, String id) {
    Map<String, Object> stats = ladang.shell("balancer:stats", "pool=mills").object();
    return ((List<?>) stats.get("endpoints"))
        .stream()
            .map(each -> (Map<String, Object>) each)
            .filter(each -> id.equals(each.get("id")))
            .findFirst()
            .orElseThrow();
  }

  private static Object permitted(Ladang ladang) {
    Map<String, Object> permit = ladang.shell("balancer:can_execute", "pool=mills").object();
    return ((Map<?, ?>) permit.get("endpoint")).get("id");
  }

  private static boolean isActive(Ladang ladang, String file) {
    return ladang.shell("deploy:list").list().stream()
        .anyMatch(f -> file.equals(f.get("file")) && "ACTIVE".equals(f.get("state")));
  }
}
