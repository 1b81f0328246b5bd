package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate stops calling a plugin that keeps failing, lets another one answer, and tries again by itself. */
class BreakerIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String ROOM = "org.ladang.breaker.provider";
  private static final String POLICY = "plugin/wells";

  @TempDir Path folder;

  @Test
  void aPluginThatKeepsFailingIsStoodInForAndServesAgainByItself() throws IOException {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      configure(ladang, "waitMillis", "3000");
      configure(ladang, "fallbacks", "[\"wells=springs\"]");
      ladang.drop(Wells.plugin("wells", "1.0.0").build(folder));
      ladang.drop(Wells.plugin("springs", "1.0.0").build(folder));
      ladang.awaitPlugin("wells", "ACTIVE");
      ladang.awaitPlugin("springs", "ACTIVE");

      assertThat(depth(ladang).headers().firstValue("ladang-served-by")).isEmpty();
      sicken(ladang, true);
      // What was begun and must not be done twice is not given to another.
      assertThat(call(ladang, "wells/dig", "{}").body()).contains("LADANG-GATE-006");
      for (int i = 0; i < 4; i++) {
        stoodInFor(depth(ladang));
      }
      assertThat(line(ladang))
          .containsEntry("state", "OPEN")
          .containsEntry("cause", "5 calls in a row failed.");
      stoodInFor(depth(ladang));
      HttpResponse<String> dug = call(ladang, "wells/dig", "{}");
      assertThat(dug.headers().firstValue("ladang-served-by")).contains("springs");
      assertThat(ladang.shell("health:run", "tags=breaker").toString()).contains("DEGRADED");
      Command shown = ladang.ladang("shell", "wells:depth", "well=north");
      assertThat(shown.toString()).contains("Answered by springs");

      sicken(ladang, false);
      Ladang.await(
          "wells answers itself",
          SOON,
          () -> depth(ladang).headers().firstValue("ladang-served-by").isEmpty());
      Ladang.await(
          "it is closed",
          SOON,
          () -> {
            depth(ladang);
            return "CLOSED".equals(line(ladang).get("state"));
          });
      assertThat(ladang.shell("ladang:events", "type=breaker").toString())
          .contains("breaker.open")
          .contains("breaker.half_open")
          .contains("breaker.closed");
    }
  }

  @Test
  void whatACallerGetsWrongOpensNoBreaker() throws IOException {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      ladang.drop(Wells.plugin("wells", "1.0.0").build(folder));
      ladang.awaitPlugin("wells", "ACTIVE");
      for (int i = 0; i < 8; i++) {
        assertThat(call(ladang, "wells/depth", "{\"well\":\"none\"}").body()).contains("WELLS-001");
        assertThat(call(ladang, "wells/depth", "{}").body()).contains("LADANG-GATE-002");
      }
      assertThat(line(ladang)).containsEntry("state", "CLOSED");
      assertThat(call(ladang, "wells/depth", "{\"well\":\"north\"}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anOpenBreakerIsOpenAfterASwapOfItsProviderAndAfterKill9() throws IOException {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      ladang.drop(Wells.plugin("wells", "1.0.0").build(folder));
      ladang.awaitPlugin("wells", "ACTIVE");
      open(ladang);
      Object since = line(ladang).get("since");

      replace(ladang, "7.1.0");
      assertThat(line(ladang)).containsEntry("state", "OPEN");
      refused(ladang);

      ladang.kill9();
      ladang.start();
      ladang.awaitPlugin("wells", "ACTIVE");
      refused(ladang);
      assertThat(line(ladang))
          .containsEntry("cause", "5 calls in a row failed.")
          .hasEntrySatisfying(
              "since",
              after ->
                  assertThat(after.toString().substring(0, 16))
                      .isEqualTo(since.toString().substring(0, 16)));

      // Another version is not to blame for what the one before did.
      ladang.drop(Wells.plugin("wells", "1.1.0").build(folder), "itest.wells.jar");
      Ladang.await(
          "the next version", SOON, () -> "1.1.0".equals(ladang.plugin("wells").get("version")));
      Ladang.await("it is closed", SOON, () -> "CLOSED".equals(line(ladang).get("state")));
    }
  }

  @Test
  void aCallOnTrialCountsForTheProviderThatCameWhileItWasUnderWay() throws IOException {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      configure(ladang, "waitMillis", "1000");
      ladang.drop(Wells.plugin("wells", "1.0.0").build(folder));
      ladang.awaitPlugin("wells", "ACTIVE");
      open(ladang);
      sicken(ladang, false);
      Ladang.await("its wait is over", SOON, () -> left(ladang) == 0);
      CompletableFuture<HttpResponse<String>> trial =
          CompletableFuture.supplyAsync(
              () -> ladang.http("POST", "/api/v1/actions/wells/slowly", "{}"));
      Ladang.await("one is on trial", SOON, () -> trials(ladang) == 1);
      assertThat(line(ladang)).containsEntry("state", "HALF_OPEN");

      replace(ladang, "7.1.0");
      assertThat(line(ladang)).containsEntry("state", "HALF_OPEN");
      assertThat(trials(ladang)).isEqualTo(1);

      // Two on trial are the most: this one is the second, and its success and the first's close
      // it.
      assertThat(depth(ladang).statusCode()).isEqualTo(200);
      assertThat(line(ladang)).containsEntry("state", "HALF_OPEN");
      call(ladang, "wells/finish", "{}");
      assertThat(trial.join().statusCode()).isEqualTo(200);
      Ladang.await("it is closed", SOON, () -> "CLOSED".equals(line(ladang).get("state")));
    }
  }

  private static void configure(Ladang ladang, String key, String value) {
    ladang
        .shell("config:set", "pid=org.ladang.breaker", "key=" + key, "value=" + value)
        .succeeded();
  }

  private static void open(Ladang ladang) throws IOException {
    sicken(ladang, true);
    for (int i = 0; i < 5; i++) {
      assertThat(depth(ladang).body()).contains("LADANG-GATE-006");
    }
    assertThat(line(ladang)).containsEntry("state", "OPEN");
  }

  private static void refused(Ladang ladang) {
    assertThat(depth(ladang).body())
        .contains("LADANG-BREAKER-003")
        .contains("5 calls in a row failed");
  }

  private static void sicken(Ladang ladang, boolean on) throws IOException {
    Path sick = ladang.home().resolve("data/plugins/wells/sick");
    if (on) {
      Files.createFile(sick);
    } else {
      Files.delete(sick);
    }
  }

  private static HttpResponse<String> depth(Ladang ladang) {
    return call(ladang, "wells/depth", "{\"well\":\"north\"}");
  }

  private static HttpResponse<String> call(Ladang ladang, String action, String arguments) {
    return ladang.http("POST", "/api/v1/actions/" + action, arguments);
  }

  private static void stoodInFor(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(Ladang.object(answer)).containsEntry("by", "springs");
    assertThat(answer.headers().firstValue("ladang-served-by")).contains("springs");
  }

  private static Map<String, Object> line(Ladang ladang) {
    return ladang.shell("breaker:list").list().stream()
        .filter(each -> POLICY.equals(each.get("policy")))
        .findFirst()
        .orElseThrow();
  }

  private static long trials(Ladang ladang) {
    Map<String, Object> info = ladang.shell("breaker:info", "policy=" + POLICY).object();
    return ((Number) info.get("trials")).longValue();
  }

  private static long left(Ladang ladang) {
    Object left = ladang.shell("breaker:info", "policy=" + POLICY).object().get("left");
    return Duration.parse(left.toString()).toMillis();
  }

  private void replace(Ladang ladang, String version) throws IOException {
    long before = ladang.generation();
    Path next = folder.resolve(ROOM + "-" + version + ".jar");
    BundleCopies.withVersion(Distribution.jar("system/rooms", ROOM), next, version);
    ladang.drop(next, ROOM + ".jar");
    Ladang.await("the next provider", SOON, () -> ladang.generation() > before);
  }
}
