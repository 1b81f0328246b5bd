package org.ladang.console.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostGuardTest {
  private final FakeExchange exchange = new FakeExchange();
  private boolean passed;

  private void ask(String... providers) throws Exception {
    new HostGuard(new HostList(List.of("localhost")), List.of(providers))
        .doFilter(exchange.request(), exchange.response(), (request, response) -> passed = true);
  }

  @Test
  void theOwnHostComesInAndEveryAnswerIsSecured() throws Exception {
    ask("ladang");
    assertThat(passed).isTrue();
    assertThat(exchange.responseHeaders).containsEntry("X-Content-Type-Options", "nosniff");
  }

  @Test
  void aForeignHostIsMisdirected() throws Exception {
    exchange.requestHeaders.put("Host", "evil.example:8080");
    ask("ladang");
    assertThat(passed).isFalse();
    assertThat(exchange.status).isEqualTo(421);
    assertThat(exchange.text()).contains("LADANG-CONSOLE-001");
  }

  @Test
  void aMissingHostIsMisdirected() throws Exception {
    exchange.requestHeaders.clear();
    ask("ladang");
    assertThat(exchange.status).isEqualTo(421);
  }

  @Test
  void aForeignPageChangesNothing() throws Exception {
    exchange.method = "POST";
    exchange.requestHeaders.put("Origin", "http://evil.example");
    ask("ladang");
    assertThat(passed).isFalse();
    assertThat(exchange.status).isEqualTo(403);
  }

  @Test
  void theWebConsoleStaysClosedWhereItsDefaultLoginCouldAnswer() throws Exception {
    exchange.path = "/system/console/bundles";
    ask();
    assertThat(passed).isFalse();
    assertThat(exchange.status).isEqualTo(503);
    assertThat(exchange.text()).contains("LADANG-CONSOLE-021");
  }
}
