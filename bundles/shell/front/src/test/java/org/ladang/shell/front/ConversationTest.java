package org.ladang.shell.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;
import org.ladang.security.Authenticator;
import org.ladang.shell.Request.Consent;
import org.ladang.shell.wire.Frames;

class ConversationTest {
  private final FakeShell shell = new FakeShell();
  private final List<Runnable> impatient = new ArrayList<>();
  private final List<SocketChannel> clients = new ArrayList<>();

  @TempDir(factory = ShortFolders.class)
  Path base;

  private SocketServer server;

  @BeforeEach
  void open() throws IOException {
    Conversation conversation =
        new Conversation(
            new LiveShell(shell),
            new Doorman(tokens()),
            Optional::empty,
            new Impatience(),
            "0.1.0");
    server = new SocketServer(SocketPlace.in(base.resolve("run"), base), conversation);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    for (SocketChannel client : clients) {
      client.close();
    }
  }

  @Test
  void whoHasNoTokenIsTheOwner() throws IOException {
    assertThat(ask(connect(), Map.of("do", "hello")))
        .containsEntry("exit", 0L)
        .containsEntry("principal", "local")
        .containsEntry("role", "ADMIN")
        .containsEntry("owner", true)
        .containsEntry("version", "0.1.0");
  }

  @Test
  void whoHasATokenIsWhomItBelongsTo() throws IOException {
    SocketChannel client = connect();
    assertThat(ask(client, Map.of("do", "hello", "token", "vic's")))
        .containsEntry("principal", "vic")
        .containsEntry("role", "VIEWER")
        .containsEntry("owner", false);
    assertThat(ask(client, Map.of("do", "run", "line", "bots:list")))
        .containsEntry("text", "vic [bots:list]");
  }

  @Test
  void anUnknownTokenEndsTheConversation() throws IOException {
    SocketChannel client = connect();
    assertThat(ask(client, Map.of("do", "hello", "token", "guessed")))
        .containsEntry("exit", 3L)
        .containsEntry("text", "Nobody has this token. [LADANG-SECURITY-001]");
    assertThat(Frames.read(client)).isEmpty();
  }

  @Test
  void anEmptyTokenIsNotTheOwner() throws IOException {
    assertThat(ask(connect(), Map.of("do", "hello", "token", ""))).containsEntry("exit", 3L);
    assertThat(ask(connect(), Map.of("do", "hello", "token", 1))).containsEntry("exit", 3L);
    Map<String, Object> nothing = new java.util.HashMap<>(Map.of("do", "hello"));
    nothing.put("token", null);
    assertThat(ask(connect(), nothing)).containsEntry("exit", 3L);
  }

  @Test
  void withoutSecurityATokenIsRefused() {
    assertThatThrownBy(() -> new Doorman().caller(Optional.of("any")))
        .hasMessageContaining("security is not running");
    assertThat(new Doorman().caller(Optional.empty())).isEqualTo(Caller.OWNER);
  }

  @Test
  void nothingIsDoneBeforeTheHello() throws IOException {
    SocketChannel client = connect();
    assertThat(ask(client, Map.of("do", "run", "line", "bots:list"))).containsEntry("exit", 2L);
    assertThat(Frames.read(client)).isEmpty();
    assertThat(shell.requests).isEmpty();
  }

  @Test
  void whoNeverSaysHelloIsHungUpOn() throws IOException {
    SocketChannel client = connect();
    await().until(() -> !impatient.isEmpty());
    impatient.get(0).run();
    assertThat(Frames.read(client)).isEmpty();
  }

  @Test
  void aCommandCarriesWhatTheClientSaidOfItself() throws IOException {
    SocketChannel client = greeted();
    ask(
        client,
        Map.of("do", "run", "words", List.of("bots:create_bot", "a b"), "json", true, "width", 77));
    assertThat(shell.requests.get(0).words()).containsExactly("bots:create_bot", "a b");
    assertThat(shell.requests.get(0).json()).isTrue();
    assertThat(shell.requests.get(0).width()).isEqualTo(77);
    assertThat(shell.requests.get(0).session()).startsWith("shell-");
    assertThat(shell.requests.get(0).consent()).isEqualTo(Consent.CANNOT_ASK);
  }

  @Test
  void aQuestionGoesToThePersonAndTheYesComesBack() throws IOException {
    SocketChannel client = greeted();
    assertThat(ask(client, Map.of("do", "run", "line", "bots:wipe", "interactive", true)))
        .containsEntry("exit", 6L)
        .containsEntry("text", "Sure?");
    assertThat(
            ask(
                client,
                Map.of("do", "run", "line", "bots:wipe", "interactive", true, "confirmed", true)))
        .containsEntry("exit", 0L);
  }

  @Test
  void aFailureEndsTheCommandAndNotTheConversation() throws IOException {
    SocketChannel client = greeted();
    assertThat(ask(client, Map.of("do", "run", "line", "bots:broken")))
        .containsEntry("exit", 1L)
        .containsEntry("text", "The shell is being replaced. [LADANG-SWAP-001]");
    assertThat(ask(client, Map.of("do", "dance"))).containsEntry("exit", 2L);
    assertThat(ask(client, Map.of("do", "run", "line", "bots:list"))).containsEntry("exit", 0L);
  }

  @Test
  void aLongAnswerComesInParts() throws IOException {
    SocketChannel client = greeted();
    Frames.write(client, Map.of("do", "run", "line", "bots:long"));
    StringBuilder text = new StringBuilder();
    Map<String, Object> frame = Frames.read(client).orElseThrow();
    int parts = 1;
    while (frame.containsKey("more")) {
      text.append(frame.get("text"));
      frame = Frames.read(client).orElseThrow();
      parts++;
    }
    assertThat(text.append(frame.get("text")).toString()).isEqualTo("🌾".repeat(300_000));
    assertThat(parts).isEqualTo(5);
  }

  @Test
  void completionsComeFromTheShell() throws IOException {
    assertThat(ask(greeted(), Map.of("do", "complete", "line", "cr x", "cursor", 2)))
        .containsEntry(
            "candidates",
            List.of(Map.of("value", "bots:cr", "description", "local", "complete", true)));
  }

  @Test
  void oneConnectionTooManyIsToldSo() throws IOException {
    for (int i = 0; i < SocketServer.CONNECTIONS; i++) {
      greeted();
    }
    Map<String, Object> answer = Frames.read(connect()).orElseThrow();
    assertThat(answer).containsEntry("exit", 5L);
    assertThat((String) answer.get("text")).contains("32 shells").contains("[LADANG-SHELL-011]");

    clients.get(0).close();
    await().until(() -> server.connections() < SocketServer.CONNECTIONS);
    greeted();
  }

  @Test
  void closingEndsConnectionsEvenInTheMiddleOfACommand() throws Exception {
    SocketChannel client = greeted();
    Frames.write(client, Map.of("do", "run", "line", "bots:wait"));
    assertThat(shell.waiting.await(5, TimeUnit.SECONDS)).isTrue();
    server.close();
    assertThat(Frames.read(client)).isEmpty();
    await().until(() -> server.connections() == 0);
    assertThat(server.socket()).doesNotExist();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("ladang-shell") && thread.isAlive());
  }

  @Test
  void rubbishEndsOnlyItsOwnConnection() throws IOException {
    SocketChannel bad = connect();
    bad.write(java.nio.ByteBuffer.wrap(new byte[] {127, 1, 1, 1, 1}));
    await().until(() -> server.connections() == 0);
    assertThat(greeted().isConnected()).isTrue();
  }

  private SocketChannel greeted() throws IOException {
    SocketChannel client = connect();
    ask(client, Map.of("do", "hello"));
    return client;
  }

  private SocketChannel connect() throws IOException {
    SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(server.socket()));
    clients.add(client);
    return client;
  }

  private static Map<String, Object> ask(SocketChannel client, Map<String, Object> message)
      throws IOException {
    Frames.write(client, message);
    return Frames.read(client).orElseThrow();
  }

  private static Authenticator tokens() {
    return (Authenticator)
        java.lang.reflect.Proxy.newProxyInstance(
            ConversationTest.class.getClassLoader(),
            new Class<?>[] {Authenticator.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("token");
              return arguments[0].equals("vic's")
                  ? new Authenticator.Outcome.Known(new Principal("vic", Role.VIEWER))
                  : new Authenticator.Outcome.Unknown(
                      "LADANG-SECURITY-001", "Nobody has this token.");
            });
  }

  /** Keeps what would run later, for the test to run. */
  private final class Impatience implements Scheduler {
    @Override
    public Task after(Duration delay, String name, Runnable task) {
      impatient.add(task);
      return () -> impatient.remove(task);
    }

    @Override
    public Task every(Duration period, String name, Runnable task) {
      throw new UnsupportedOperationException();
    }
  }
}
