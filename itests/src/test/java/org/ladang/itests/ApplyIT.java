package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A desired set, as a pipeline would bring it, and rooms that replace themselves by a job. */
class ApplyIT {
  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir static Path folder;
  private static Ladang ladang;

  @BeforeAll
  static void start() {
    ladang = Ladang.on(folder.resolve("home")).start();
    ladang.token();
  }

  @AfterAll
  static void stop() {
    ladang.close();
  }

  private static String bundle(String name, String version, Path jar) throws IOException {
    return DesiredSets.bundle(name, version, jar);
  }

  private static Path set(List<String> bundles) throws IOException {
    return DesiredSets.write(folder.resolve("field.json"), false, bundles);
  }

  private static Map<String, Object> apply(Path file, String... more) {
    List<String> words = new ArrayList<>(List.of("deploy:apply", "file=" + file, "--yes"));
    words.addAll(List.of(more));
    return ladang.shell(words.toArray(String[]::new)).object();
  }

  private static String greet(String name) {
    return ladang.http("POST", "/api/v1/actions/" + name + "/greet", "{}").body();
  }

  @Test
  void aSetIsAppliedAsAWholeOrNotAtAllAndSurvivesAKill() throws Exception {
    Path one = Greeters.plugin("apple", "1.0.0", "apple one").build(folder);
    Path pear = Greeters.plugin("pear", "1.0.0", "pear one").build(folder);
    Path set = set(List.of(bundle("apple", "1.0.0", one), bundle("pear", "1.0.0", pear)));

    assertThat(apply(set, "dryRun=true")).containsEntry("applied", false);
    assertThat(ladang.plugin("apple")).isEmpty();
    assertThat(apply(set)).containsEntry("applied", true);
    assertThat(greet("apple")).contains("apple one");
    assertThat(greet("pear")).contains("pear one");
    assertThat(apply(set).get("sentence")).isEqualTo("Everything is as field.json says.");

    Path two = Greeters.plugin("apple", "2.0.0", "apple two").build(folder);
    Path bad = Sick.throwsInActivate("pear", "2.0.0", folder);
    Command refused =
        ladang.shell(
            "deploy:apply",
            "file=" + set(List.of(bundle("apple", "2.0.0", two), bundle("pear", "2.0.0", bad))),
            "--yes");
    assertThat(refused.exit()).isNotZero();
    assertThat(refused.toString()).contains("Nothing was applied, because pear 2.0.0");
    assertThat(greet("apple")).contains("apple one");

    assertThat(apply(set(List.of(bundle("apple", "2.0.0", two))))).containsEntry("applied", true);
    ladang.kill9();
    ladang.start();
    assertThat(greet("apple")).contains("apple two");
    assertThat(greet("pear")).contains("pear one");
  }

  @Test
  void roomsReplaceThemselvesByAJobWhileCallsGoOn() throws Exception {
    ladang.drop(Greeters.plugin("steady", "1.0.0", "here").build(folder), "steady.jar");
    ladang.awaitPlugin("steady", "ACTIVE");
    try (OpenLoop loop = OpenLoop.on(ladang, "steady/greet", 50)) {
      Ladang.await("calls", SOON, () -> loop.calls() > 0);
      for (String room : List.of("registry", "shell", "console", "deploy")) {
        String file = "org.ladang." + room + ".provider.jar";
        Path provider = Distribution.jar("system/rooms", "org.ladang." + room + ".provider");
        Path failed = Files.createDirectories(ladang.home().resolve("deploy/.failed"));
        BundleCopies.withVersion(provider, failed.resolve(file), "7.1.0");
        var begun =
            ladang.http(
                "POST",
                "/api/v1/actions/deploy/begin",
                "{\"order\":\"ACCEPT\",\"argument\":\"" + file + "\"}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        Object id = Ladang.object(begun).get("id");
        // The job that replaces the deploy room is handed over, until its successor knows how it
        // ended.
        Ladang.await(
            room + " replaced",
            SOON,
            () -> !List.of("RUNNING", "HANDED_OVER").contains(job(id).get("state")));
        assertThat(job(id).get("state")).as("%s: %s", room, job(id)).isEqualTo("DONE");
        Ladang.await(room + " is the new one", SOON, () -> serves(file, "7.1.0"));
      }
      assertThat(loop.failures()).isEmpty();
    }
  }

  private static boolean serves(String file, String version) throws IOException {
    var answer = ladang.http("POST", "/api/v1/actions/deploy/list", "{}");
    return answer.statusCode() == 200
        && ((List<?>) JSON.std.anyFrom(answer.body()))
            .stream()
                .anyMatch(
                    each ->
                        each instanceof Map<?, ?> one
                            && file.equals(one.get("file"))
                            && version.equals(one.get("version"))
                            && "ACTIVE".equals(one.get("state")));
  }

  private static Map<String, Object> job(Object id) {
    var answer = ladang.http("POST", "/api/v1/actions/deploy/job", "{\"id\":\"" + id + "\"}");
    return answer.statusCode() == 200 ? Ladang.object(answer) : Map.of("state", "RUNNING");
  }
}
