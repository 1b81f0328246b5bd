package org.ladang.discovery.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ladang.discovery.Check;
import org.ladang.discovery.EndpointInfo.Health;
import org.ladang.discovery.HttpAnswer;
import org.ladang.discovery.HttpCall;
import org.ladang.discovery.Instance;
import org.ladang.discovery.Offer;
import org.ladang.discovery.Route;
import org.ladang.kernel.LadangException;

/** Calls over HTTP, to real servers. */
@Timeout(60)
class HttpEndpointsTest {
  private static final Check QUICK =
      new Check(Duration.ofMillis(50), Duration.ofMillis(500), "/health", 2, 1);
  private static final Check NONE = new Check(Duration.ZERO, Duration.ofSeconds(1), "", 1, 1);

  private final RealWorld world = new RealWorld();
  private final List<HttpServer> servers = new ArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void close() {
    never.countDown();
    servers.forEach(server -> server.stop(0));
    world.close();
  }

  private HttpServer server(String name, int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", exchange -> answer(exchange, name));
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    servers.add(server);
    return server;
  }

  private void answer(HttpExchange exchange, String name) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] request = exchange.getRequestBody().readAllBytes();
    try {
      if (path.equals("/never")) {
        never.await(30, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    int status = path.startsWith("/status/") ? Integer.parseInt(path.substring(8)) : 200;
    String said =
        path.equals("/large")
            ? "x".repeat(100_000)
            : name
                + " "
                + exchange.getRequestMethod()
                + " "
                + exchange.getRequestURI()
                + " "
                + new String(request, StandardCharsets.UTF_8)
                + exchange.getRequestHeaders().getFirst("Authorization");
    byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void offer(String id, int port, Check check) {
    world.room.register(
        Offer.of(Instance.http("weather", id, "http://127.0.0.1:" + port + "/base")).with(check));
  }

  private HttpAnswer get(String path) {
    return world.room.send(Route.to("weather"), HttpCall.get(path)).toCompletableFuture().join();
  }

  private static String code(CompletionException e) {
    return ((LadangException) e.getCause()).code();
  }

  @Test
  void anAnswerIsAnAnswerWhateverItSays() throws IOException {
    offer("a", server("a", 0).getAddress().getPort(), NONE);
    HttpAnswer answer = get("/x?y=1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).startsWith("a GET /base/x?y=1");
    assertThat(answer.endpoint()).isEqualTo("a");
    HttpAnswer sent =
        world
            .room
            .send(Route.to("weather"), HttpCall.json("POST", "/p", "{\"é\":1}"))
            .toCompletableFuture()
            .join();
    assertThat(sent.body()).contains("POST /base/p {\"é\":1}");
  }

  @Test
  void userAndPasswordGoAlong() throws IOException {
    int port = server("a", 0).getAddress().getPort();
    world.room.register(
        new Offer(
            Instance.http("weather", "a", "http://127.0.0.1:" + port),
            NONE,
            Duration.ZERO,
            Map.of("user", "me", "password", "word")));
    assertThat(get("/").body()).endsWith("Basic bWU6d29yZA==");
  }

  @Test
  void aRefusedConnectionIsNotTheCallersTrouble() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    offer("a", server("a", 0).getAddress().getPort(), NONE);
    offer("b", free, QUICK);
    Set<String> answered = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      answered.add(get("/").endpoint());
    }
    assertThat(answered).containsExactly("a");
    assertThat(state("b")).isEqualTo(Health.DOWN);
  }

  @Test
  void oneThatStopsAndComesBackIsFoundOut() throws IOException {
    HttpServer first = server("a", 0);
    int port = first.getAddress().getPort();
    offer("a", port, QUICK);
    offer("b", server("b", 0).getAddress().getPort(), QUICK);
    first.stop(0);
    Awaitility.await().until(() -> state("a") == Health.DOWN);
    for (int i = 0; i < 20; i++) {
      assertThat(get("/").endpoint()).isEqualTo("b");
    }
    server("a", port);
    Awaitility.await().until(() -> state("a") == Health.UP);
    assertThat(world.events).anyMatch(event -> event.startsWith("discovery.down a of weather"));
  }

  @Test
  void oneThatSaysItIsNotWellGetsNoCalls() throws IOException {
    int port = server("a", 0).getAddress().getPort();
    world.room.register(
        Offer.of(Instance.http("weather", "a", "http://127.0.0.1:" + port))
            .with(new Check(QUICK.interval(), QUICK.timeout(), "/status/503", 2, 1)));
    Awaitility.await().until(() -> state("a") == Health.DOWN);
    assertThat(world.room.info("weather").endpoints().get(0).why())
        .isEqualTo("/status/503 answers 503.");
    assertThat(world.room.find("weather", org.ladang.discovery.Selector.ANY)).isEmpty();
  }

  @Test
  void noAnswerInTimeIsSaid() throws IOException {
    int port = server("a", 0).getAddress().getPort();
    world.room.register(
        Offer.of(Instance.http("weather", "a", "http://127.0.0.1:" + port)).with(NONE));
    assertThatThrownBy(
            () ->
                world
                    .room
                    .send(
                        Route.to("weather"), HttpCall.get("/never").within(Duration.ofMillis(200)))
                    .toCompletableFuture()
                    .join())
        .isInstanceOfSatisfying(
            CompletionException.class, e -> assertThat(code(e)).isEqualTo("LADANG-DISCOVERY-008"));
  }

  @Test
  void anAnswerThatIsTooLargeIsRefused() throws IOException {
    int port = server("a", 0).getAddress().getPort();
    world.room.register(
        Offer.of(Instance.http("weather", "a", "http://127.0.0.1:" + port)).with(NONE));
    HttpCall call = new HttpCall("GET", "/large", Map.of(), "", Duration.ofSeconds(5), 10_000);
    assertThatThrownBy(
            () -> world.room.send(Route.to("weather"), call).toCompletableFuture().join())
        .isInstanceOfSatisfying(
            CompletionException.class, e -> assertThat(code(e)).isEqualTo("LADANG-DISCOVERY-009"));
  }

  @Test
  void callersWhoTakeTheirTimeHoldUpNobody() throws IOException {
    offer("a", server("a", 0).getAddress().getPort(), QUICK);
    for (int i = 0; i < 20; i++) {
      world
          .room
          .send(Route.to("weather"), HttpCall.get("/"))
          .thenAccept(
              answer -> {
                try {
                  never.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }
    for (int i = 0; i < 5; i++) {
      assertThat(get("/").status()).isEqualTo(200);
    }
    assertThat(state("a")).isEqualTo(Health.UP);
  }

  @Test
  void nobodyToCallIsSaidAtOnce() {
    assertThatThrownBy(() -> get("/"))
        .isInstanceOfSatisfying(
            CompletionException.class, e -> assertThat(code(e)).isEqualTo("LADANG-DISCOVERY-006"));
  }

  @Test
  void oneThatFailsItsCallsIsLeftAlone() throws IOException {
    offer("a", server("a", 0).getAddress().getPort(), NONE);
    int port = server("b", 0).getAddress().getPort();
    // Every path below this one fails.
    world.room.register(
        Offer.of(Instance.http("weather", "b", "http://127.0.0.1:" + port + "/status/500?"))
            .with(NONE));
    Route inTurn = Route.to("weather").by("round-robin");
    for (int i = 0; i < 20; i++) {
      world.room.send(inTurn, HttpCall.get("/")).toCompletableFuture().join();
    }
    for (int i = 0; i < 20; i++) {
      assertThat(world.room.send(inTurn, HttpCall.get("/")).toCompletableFuture().join().endpoint())
          .isEqualTo("a");
    }
  }

  private Health state(String id) {
    return world.room.info("weather").endpoints().stream()
        .filter(endpoint -> endpoint.id().equals(id))
        .findFirst()
        .orElseThrow()
        .state();
  }
}
