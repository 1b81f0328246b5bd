package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorsIT {
  @TempDir static Path folder;
  private static Ladang ladang;

  @BeforeAll
  static void start() {
    ladang = Ladang.on(folder.resolve("home")).start();
  }

  @AfterAll
  static void stop() {
    ladang.close();
  }

  @Test
  void healthAnswersWithoutLoginAndSaysNothingElse() {
    for (String path : List.of("/health/live", "/health/ready")) {
      var answer = ladang.http("GET", path, "", Map.of());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
    }
  }

  @Test
  void nobodyElseGetsInWithoutAToken() {
    for (String path :
        List.of("/api/v1/plugins", "/api/v1/actions", "/api/v1/shards", "/api/v1/openapi.json")) {
      var answer = ladang.http("GET", path, "", Map.of());
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(ladang.http("GET", path, "").statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void adminAdminNeverAnswers() {
    String basic =
        Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));
    for (String path : List.of("/system/console", "/system/console/bundles", "/api/v1/plugins")) {
      assertThat(
              ladang.http("GET", path, "", Map.of("Authorization", "Basic " + basic)).statusCode())
          .as(path)
          .isIn(401, 403);
    }
  }

  @Test
  void theOneTimeTokenIsTheOwnersOnly() throws java.io.IOException {
    Path token = ladang.run("first-start.token");
    assertThat(
            java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(token)))
        .isEqualTo("rw-------");
  }

  @Test
  void everyActionAndEveryRouteHasARole() {
    List<Map<String, Object>> routes = ladang.shell("console:routes").list();
    assertThat(routes).hasSizeGreaterThan(40);
    assertThat(routes)
        .allSatisfy(
            route ->
                assertThat(route.get("access").toString())
                    .isIn("open", "VIEWER", "OPERATOR", "ADMIN"));
    assertThat(
            routes.stream()
                .filter(r -> r.get("access").equals("open"))
                .map(r -> r.get("path").toString()))
        .allMatch(
            path ->
                path.startsWith("/health/")
                    || path.startsWith("/console/static/")
                    || List.of(
                            "/",
                            "/sign-in",
                            "/api",
                            "/api/v1",
                            "/api/v1/first-start",
                            "/api/v1/session")
                        .contains(path),
            "is meant to be open");
  }

  @Test
  void aWrongCommandHasASentenceAndAnExitCode() {
    Command wrong = ladang.ladang("shell", "plugin:lst");
    assertThat(wrong.exit()).isNotZero();
    assertThat(wrong.out() + wrong.err()).contains("plugin:list").doesNotContain("\tat ");
  }
}
