package org.ladang.plugin.livestock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ladang.kernel.LadangException;

/** Against a real HTTP server that answers what a test wants it to. */
@Timeout(60)
class HttpBoardsTest {
  private static final Message BOARD =
      StockView.page(List.of(new Item("10002", "GLOBE", new BigDecimal("0.85"), 3, 1)), 1, 2);

  private HttpServer server;
  private HttpBoards boards;
  private volatile int status = 200;
  private volatile String answer = "";
  private volatile String asked = "";
  private volatile Map<String, Object> body = Map.of();
  private volatile String token = "";
  private final CountDownLatch over = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] text = exchange.getRequestBody().readAllBytes();
          body = JSON.std.mapFrom(text);
          byte[] said =
              (answer.equals("echo") ? echo(text) : answer).getBytes(StandardCharsets.UTF_8);
          if (answer.equals("never")) {
            awaitEnd();
          }
          exchange.sendResponseHeaders(status, said.length == 0 ? -1 : said.length);
          exchange.getResponseBody().write(said);
          exchange.close();
        });
    server.start();
    boards =
        new HttpBoards(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api"),
            "secret",
            Duration.ofSeconds(20));
  }

  private void awaitEnd() {
    try {
      over.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String echo(byte[] text) throws IOException {
    Map<String, Object> message = JSON.std.mapFrom(text);
    message.put("id", "m1");
    return JSON.std.asString(message);
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
  }

  @Test
  void aMessageIsMadeWithItsButtonsAndOnceForAllAttempts() {
    answer = "echo";
    assertThat(boards.create("shop", BOARD, "n1")).isEqualTo("m1");
    assertThat(asked).isEqualTo("POST /api/channels/shop/messages");
    assertThat(token).isEqualTo("Bot secret");
    assertThat(body).containsEntry("nonce", "n1").containsEntry("enforce_nonce", true);
    List<?> rows = (List<?>) body.get("components");
    assertThat(rows).hasSize(2);
    Map<?, ?> buy = (Map<?, ?>) ((List<?>) ((Map<?, ?>) rows.get(0)).get("components")).get(0);
    assertThat(buy)
        .isEqualTo(
            Map.of(
                "type",
                2,
                "style",
                3,
                "label",
                "Buy GLOBE",
                "custom_id",
                "buy:10002",
                "disabled",
                false));
  }

  @Test
  void aMessageIsChangedAndTakenAway() {
    answer = "echo";
    boards.edit("shop", "m1", BOARD.plain("no buttons"));
    assertThat(asked).isEqualTo("PATCH /api/channels/shop/messages/m1");
    assertThat(body.get("content").toString()).endsWith("no buttons");
    assertThat(body.get("components")).isEqualTo(List.of());
    boards.delete("shop", "m1");
    assertThat(asked).isEqualTo("DELETE /api/channels/shop/messages/m1");
    status = 404;
    boards.delete("shop", "m1");
  }

  @Test
  void aServerThatRefusesIsQuoted() {
    status = 429;
    answer = "{\"message\":\"You are being rate limited.\",\"retry_after\":2}";
    refused("LADANG-LIVESTOCK-010", () -> boards.create("shop", BOARD, "n"))
        .hasMessageContaining("429: You are being rate limited.");
    status = 500;
    answer = "<html>";
    refused("LADANG-LIVESTOCK-010", () -> boards.edit("shop", "m1", BOARD))
        .hasMessage("The server of the boards answers 500.");
  }

  @Test
  void buttonsThatAreLeftOutAreAFailure() {
    answer = "{\"id\":\"m1\",\"components\":[]}";
    refused("LADANG-LIVESTOCK-012", () -> boards.create("shop", BOARD, "n"))
        .hasMessage("The board was to have 5 buttons and got 0 of them.");
  }

  @Test
  void anAnswerThatIsNoMessageIsAFailure() {
    for (String nonsense : List.of("", "[]", "{", "not json", "{}")) {
      answer = nonsense;
      refused("LADANG-LIVESTOCK-012", () -> boards.create("shop", BOARD.plain("x"), "n"));
    }
  }

  @Test
  void aServerThatNeverAnswersOrIsGoneIsNotWaitedForLong() {
    HttpBoards hasty =
        new HttpBoards(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            "",
            Duration.ofMillis(200));
    answer = "never";
    refused("LADANG-LIVESTOCK-011", () -> hasty.create("shop", BOARD, "n"))
        .hasMessageContaining("HttpTimeoutException");
    over.countDown();
    server.stop(0);
    refused("LADANG-LIVESTOCK-011", () -> boards.create("shop", BOARD, "n"));
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(
      String code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LadangException.class, e -> assertThat(e.code()).as(e.line()).isEqualTo(code));
  }
}
