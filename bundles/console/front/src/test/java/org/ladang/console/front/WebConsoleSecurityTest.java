package org.ladang.console.front;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;

class WebConsoleSecurityTest {
  private final FakeAuthenticator authenticator = new FakeAuthenticator();
  private final WebConsoleSecurity security =
      new WebConsoleSecurity(authenticator, new SecureRandom());
  private final FakeExchange exchange = new FakeExchange();

  private Object ask() {
    return security.authenticate(exchange.request(), exchange.response());
  }

  private void login(String user, String password) {
    String pair = user + ":" + password;
    exchange.requestHeaders.put(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void anAdministratorLooks() {
    login("ann", "right");
    assertThat(ask()).isEqualTo(new Principal("ann", Role.ADMIN));
    assertThat(exchange.responseHeaders.get("Content-Security-Policy"))
        .contains("frame-ancestors 'none'");
  }

  @Test
  void adminAdminNeverAnswers() {
    login("admin", "admin");
    assertThat(ask()).isNull();
    assertThat(exchange.status).isEqualTo(401);
    assertThat(exchange.responseHeaders.get("WWW-Authenticate")).startsWith("Basic ");
  }

  @Test
  void nobodyIsAskedWhoTheyAre() {
    assertThat(ask()).isNull();
    assertThat(exchange.status).isEqualTo(401);
    exchange.requestHeaders.put("Authorization", "Basic not-base64!");
    assertThat(ask()).isNull();
    exchange.requestHeaders.put("Authorization", "Bearer admin-token");
    assertThat(ask()).isNull();
  }

  @Test
  void otherRolesDoNotLook() {
    login("vic", "right");
    assertThat(ask()).isNull();
    assertThat(exchange.status).isEqualTo(403);
  }

  @Test
  void anApiTokenIsAPassword() {
    login("anything", "admin-token");
    assertThat(ask()).isNotNull();
    assertThat(authenticator.checked).isEmpty();
  }

  @Test
  void aPasswordIsCheckedOnceForAllTheImagesOfAPage() {
    login("ann", "right");
    for (int i = 0; i < 20; i++) {
      assertThat(ask()).isNotNull();
    }
    assertThat(authenticator.checked).containsExactly("ann from 127.0.0.1");
  }

  @Test
  void aSessionThatSecurityEndedCountsNoLonger() {
    login("ann", "right");
    ask();
    authenticator.sessions.clear();
    assertThat(ask()).isNotNull();
    assertThat(authenticator.checked).hasSize(2);
    security.logout(exchange.request(), exchange.response());
    assertThat(authenticator.sessions).isEmpty();
  }

  @Test
  void theSessionOfASignInCounts() {
    authenticator.sessions.put("web", new Principal("ann", Role.ADMIN));
    exchange.cookie = Optional.of(new Cookie("ladang_session", "web"));
    assertThat(ask()).isNotNull();
    exchange.cookie = Optional.of(new Cookie("ladang_session", "old"));
    assertThat(ask()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "POST,",
    "PUT,",
    "DELETE,",
    "GET,post=true&apply=true&delete=true",
    "GET,p%6Fst=true",
    "GET,action=install",
    "GET,a=%zz"
  })
  void nothingIsChangedNotEvenByAnAdministrator(String method, String query) {
    login("ann", "right");
    exchange.method = method;
    exchange.query = query;
    assertThat(ask()).isNull();
    assertThat(exchange.status).isEqualTo(403);
    assertThat(exchange.text()).contains("LADANG-CONSOLE-020");
  }

  @Test
  void whileSecurityIsNotThereNobodyLooks() {
    authenticator.gone = Optional.of(new LadangException("LADANG-SWAP-009", "It is gone."));
    login("ann", "right");
    assertThat(ask()).isNull();
    assertThat(exchange.status).isEqualTo(503);
  }

  @Test
  void aLoginNeverShowsItsPassword() {
    assertThat(new BasicLogin("ann", "right").toString()).doesNotContain("right");
  }
}
