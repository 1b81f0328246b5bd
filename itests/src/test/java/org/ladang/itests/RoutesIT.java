package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route of the running distribution, as it lists them itself, against everybody who might knock. */
class RoutesIT {
  private static final String PASSWORD = "a long one for the tests";
  private static final List<String> ROLES = List.of("VIEWER", "OPERATOR", "ADMIN");

  @TempDir static Path folder;
  private static Ladang ladang;
  private static List<Map<String, Object>> routes;
  private static final Map<String, String> TOKENS = new LinkedHashMap<>();
  private static String session;

  @BeforeAll
  static void start() {
    ladang = Ladang.on(folder.resolve("home")).start();
    ladang.token();
    for (String role : ROLES) {
      String name = role.toLowerCase(java.util.Locale.ROOT);
      call(
          "security/create_user",
          "{\"name\":\""
              + name
              + "\",\"role\":\""
              + role
              + "\",\"password\":\""
              + PASSWORD
              + "\"}");
      Map<String, Object> token =
          Ladang.object(
              call(
                  "security/create_token",
                  "{\"name\":\"t\",\"role\":\"" + role + "\",\"owner\":\"" + name + "\"}"));
      TOKENS.put(role, token.get("token").toString());
    }
    session = signIn("admin");
    routes = ladang.shell("console:routes").list();
    assertThat(routes).hasSizeGreaterThan(80);
  }

  @AfterAll
  static void stop() {
    if (ladang != null) {
      ladang.close();
    }
  }

  @Test
  void withoutALoginOnlyOpenRoutesAnswer() {
    for (Map<String, Object> route : routes) {
      int status = ask(route, Map.of()).statusCode();
      if (open(route)) {
        assertThat(status).as("%s", route).isIn(200, 303, 400, 404);
      } else {
        assertThat(status).as("%s", route).isEqualTo(401);
      }
    }
  }

  @Test
  void aRoleThatIsTooLowIsRefusedEverywhereAndOneThatIsEnoughNowhere() {
    List<String> wrong = new ArrayList<>();
    for (Map<String, Object> route : routes) {
      if (open(route)) {
        continue;
      }
      String needed = route.get("access").toString();
      for (String role : ROLES) {
        boolean enough = ROLES.indexOf(role) >= ROLES.indexOf(needed);
        if (enough && unsafe(route)) {
          continue;
        }
        int status = ask(route, Map.of("Authorization", "Bearer " + TOKENS.get(role))).statusCode();
        // Arguments are looked at before the role, and are wrong on purpose: 400 is as good a
        // refusal.
        boolean refused = status == 403 || status == 400;
        boolean right = enough ? status != 401 && status != 403 : refused;
        if (!right) {
          wrong.add(role + " got " + status + " at " + route);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aChangeUnderACookieNeedsTheCsrfToken() {
    for (Map<String, Object> route : routes) {
      if (!open(route) && !route.get("method").equals("GET")) {
        HttpResponse<String> answer = ask(route, Map.of("Cookie", "ladang_session=" + session));
        assertThat(answer.statusCode()).as("%s", route).isEqualTo(403);
        assertThat(answer.body()).contains("LADANG-CONSOLE-032");
      }
    }
  }

  @Test
  void aChangeFromAForeignPageIsRefused() {
    for (Map<String, Object> route : routes) {
      if (!route.get("method").equals("GET")) {
        for (Map<String, String> foreign :
            List.of(
                Map.of("Origin", "https://evil.example"), Map.of("Sec-Fetch-Site", "cross-site"))) {
          Map<String, String> headers = new LinkedHashMap<>(foreign);
          headers.put("Authorization", "Bearer " + TOKENS.get("ADMIN"));
          HttpResponse<String> answer = ask(route, headers);
          assertThat(answer.statusCode()).as("%s %s", route, foreign).isEqualTo(403);
          assertThat(answer.body()).contains("LADANG-CONSOLE-002");
        }
      }
    }
  }

  @Test
  void aForeignHostIsRefusedAtEveryRoute() throws IOException {
    for (Map<String, Object> route : routes) {
      assertThat(foreignHost(route)).as("%s", route).startsWith("HTTP/1.1 421");
    }
  }

  @Test
  void anEndedSessionIsNobody() {
    String ended = signIn("operator");
    call("security/close_sessions", "{\"user\":\"operator\"}");
    for (Map<String, Object> route : routes) {
      if (!open(route)) {
        assertThat(ask(route, Map.of("Cookie", "ladang_session=" + ended)).statusCode())
            .as("%s", route)
            .isEqualTo(401);
      }
    }
  }

  /** By time, not by somebody's order: the shortest that can be set is a minute without use. */
  @Test
  void aSessionThatWasNotUsedForItsTimeIsNobody() {
    call(
        "config/set",
        "{\"pid\":\"org.ladang.security\",\"key\":\"session.idle.minutes\",\"value\":1}");
    try {
      String expired = signIn("operator");
      Map<String, String> cookie = Map.of("Cookie", "ladang_session=" + expired);
      assertThat(ladang.http("GET", "/api/v1/session", "", cookie).statusCode()).isEqualTo(200);
      // Listing them is no use of them.
      Ladang.await(
          "the end of the session",
          Duration.ofSeconds(90),
          () -> !call("security/sessions", "{}").body().contains("\"operator\""));
      for (Map<String, Object> route : routes) {
        if (!open(route)) {
          assertThat(ask(route, cookie).statusCode()).as("%s", route).isEqualTo(401);
        }
      }
    } finally {
      call("config/reset", "{\"pid\":\"org.ladang.security\",\"key\":\"session.idle.minutes\"}");
      session = signIn("admin");
    }
  }

  @Test
  void peopleWithoutALoginAreSentToSignIn() {
    for (Map<String, Object> route : routes) {
      if (route.get("path").toString().startsWith("/console") && !open(route)) {
        HttpResponse<String> answer = ask(route, Map.of("Accept", "text/html"));
        assertThat(answer.statusCode()).as("%s", route).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/sign-in");
      }
    }
  }

  @Test
  void aCookieIsOutOfReachOfScriptsAndOfOtherSites() {
    HttpResponse<String> answer =
        ladang.http(
            "POST",
            "/api/v1/session",
            "{\"user\":\"viewer\",\"password\":\"" + PASSWORD + "\"}",
            Map.of());
    assertThat(answer.headers().firstValue("Set-Cookie").orElse(""))
        .contains("HttpOnly", "SameSite=Strict")
        .matches("ladang_session=[A-Za-z0-9_-]{43};.*");
  }

  private static boolean open(Map<String, Object> route) {
    return route.get("access").equals("open");
  }

  /** What would end the runtime or this test's users, or keep a connection open. */
  private static boolean unsafe(Map<String, Object> route) {
    String path = route.get("path").toString();
    return !route.get("method").equals("GET")
        || path.endsWith("/live")
        || path.contains("/leaks")
        || path.contains("first-start");
  }

  private static String path(Map<String, Object> route) {
    return route.get("path").toString().replaceAll("\\{[a-z]+}", "x");
  }

  private static HttpResponse<String> ask(Map<String, Object> route, Map<String, String> headers) {
    String method = route.get("method").toString();
    // No action takes this argument, so none is carried out.
    String body = method.equals("POST") ? "{\"no-such-argument\":1}" : "";
    return ladang.http(method, path(route), body, headers);
  }

  private static String foreignHost(Map<String, Object> route) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", ladang.port())) {
      socket.setSoTimeout(10_000);
      String request =
          route.get("method")
              + " "
              + path(route)
              + " HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer "
              + TOKENS.get("ADMIN")
              + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String signIn(String user) {
    HttpResponse<String> answer =
        ladang.http(
            "POST",
            "/api/v1/session",
            "{\"user\":\"" + user + "\",\"password\":\"" + PASSWORD + "\"}",
            Map.of());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
  }

  private static HttpResponse<String> call(String action, String body) {
    HttpResponse<String> answer = ladang.http("POST", "/api/v1/actions/" + action, body);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return answer;
  }
}
