package org.ladang.console.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ladang.console.WebResponse;
import org.ladang.kernel.LadangException;

class SignInTest {
  private static final String SESSION = "/api/v1/session";
  private static final String CHANGE = "/api/v1/actions/bots/create_bot";
  private static final String COOKIE = "ladang_session=secret-session";
  private final FakeRuntime runtime = new FakeRuntime();

  private static Object member(WebResponse response, String name) throws Exception {
    return ((Map<?, ?>) Json.value(response.text())).get(name);
  }

  @Test
  void nobodyIsToldToSignIn() {
    WebResponse response = runtime.ask("GET", "/api/v1/actions", "", "");
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.headers().get("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"Ladang\"");
    assertThat(response.text()).contains("POST /api/v1/session");
  }

  @Test
  void anUnknownTokenIsRefusedAlsoBesideAGoodCookie() {
    WebResponse response = runtime.ask("GET", "/api/v1/actions", "guess", "", "cookie", COOKIE);
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.headers().get("WWW-Authenticate").get(0)).contains("invalid_token");
  }

  @Test
  void tooLowARoleIsRefused() {
    runtime.failure = Optional.of(new LadangException("LADANG-GATE-003", "No."));
    assertThat(runtime.ask("POST", CHANGE, "viewer", "{}").status()).isEqualTo(403);
  }

  @Test
  void whileSecurityIsNotThereNobodyComesIn() {
    runtime.securityGone = Optional.of(new LadangException("LADANG-SWAP-009", "It is gone."));
    WebResponse response = runtime.ask("GET", "/api/v1/actions", "admin", "");
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.headers().get("Retry-After")).containsExactly("1");
    assertThat(runtime.called).isEmpty();
  }

  @Test
  void aPasswordOpensASessionOutOfReachOfScripts() throws Exception {
    WebResponse response =
        runtime.ask("POST", SESSION, "", "{\"user\":\"ann\",\"password\":\"right\"}");
    assertThat(response.status()).isEqualTo(201);
    assertThat(response.headers().get("Set-Cookie"))
        .containsExactly(COOKIE + "; Path=/; HttpOnly; SameSite=Strict");
    assertThat(response.text()).doesNotContain("secret-session");
    assertThat(member(response, "csrf")).isEqualTo("csrf-token");
  }

  @Test
  void aWrongPasswordIsRefused() {
    WebResponse response =
        runtime.ask("POST", SESSION, "", "{\"user\":\"ann\",\"password\":\"wrong\"}");
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.headers()).doesNotContainKey("Set-Cookie");
  }

  @Test
  void aChangeUnderACookieNeedsTheCsrfTokenOfThatSession() throws Exception {
    assertThat(runtime.ask("POST", CHANGE, "", "{}", "cookie", COOKIE).status()).isEqualTo(403);
    assertThat(
            runtime
                .ask("POST", CHANGE, "", "{}", "cookie", COOKIE, "x-csrf-token", "csrf-tokem")
                .status())
        .isEqualTo(403);
    assertThat(runtime.called).isEmpty();
    String token = (String) member(runtime.ask("GET", SESSION, "", "", "cookie", COOKIE), "csrf");
    assertThat(
            runtime.ask("POST", CHANGE, "", "{}", "cookie", COOKIE, "x-csrf-token", token).status())
        .isEqualTo(200);
  }

  @Test
  void theSessionsSecretDoesNotTravelWithTheCall() {
    runtime.ask(
        "GET", "/api/v1/actions/bots/get_status", "", "", "cookie", "a=b; " + COOKIE + "; c=d");
    assertThat(runtime.context.session()).startsWith("web-").doesNotContain("secret");
  }

  @Test
  void signingOutEndsTheSessionAndTheCookie() {
    WebResponse response =
        runtime.ask("DELETE", SESSION, "", "", "cookie", COOKIE, "x-csrf-token", "csrf-token");
    assertThat(response.status()).isEqualTo(204);
    assertThat(runtime.closed).containsExactly("secret-session");
    assertThat(response.headers().get("Set-Cookie").get(0)).contains("Max-Age=0");
  }

  @Test
  void theOneTimeTokenMakesTheFirstUser() throws Exception {
    WebResponse response =
        runtime.ask(
            "POST",
            "/api/v1/first-start",
            "",
            "{\"token\":\"once\",\"user\":\"ann\",\"password\":\"long enough\"}");
    assertThat(response.status()).isEqualTo(201);
    assertThat(member(response, "token")).isEqualTo("fresh-token");
    assertThat(
            runtime
                .ask(
                    "POST",
                    "/api/v1/first-start",
                    "",
                    "{\"token\":\"guess\",\"user\":\"ann\",\"password\":\"long enough\"}")
                .text())
        .contains("LADANG-SECURITY-010");
  }

  @Test
  void aMissingMemberIsNamed() {
    WebResponse response = runtime.ask("POST", SESSION, "", "{\"user\":\"ann\"}");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.text()).contains("lacks the text").contains("password");
  }

  @Test
  void passwordChecksAreBounded() {
    List<Integer> inner = new ArrayList<>();
    String body = "{\"user\":\"ann\",\"password\":\"right\"}";
    runtime.duringPasswordCheck =
        () -> {
          runtime.duringPasswordCheck = () -> {};
          inner.add(runtime.ask("POST", SESSION, "", body).status());
        };
    assertThat(runtime.ask("POST", SESSION, "", body).status()).isEqualTo(201);
    assertThat(inner).containsExactly(503);
    assertThat(runtime.ask("POST", SESSION, "", body).status()).isEqualTo(201);
  }
}
