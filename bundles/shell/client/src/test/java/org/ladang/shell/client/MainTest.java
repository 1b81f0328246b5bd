package org.ladang.shell.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.shell.wire.Frames;

class MainTest {
  private final List<Map<String, Object>> asked = Collections.synchronizedList(new ArrayList<>());
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir(factory = ShortFolders.class)
  Path home;

  private ServerSocketChannel server;
  private Thread acceptor;

  @BeforeEach
  void serve() throws IOException {
    Files.createDirectory(home.resolve("run"));
    server = listen(home.resolve("run/shell.sock"));
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    // The system's socket is closed only when nobody waits at it any more.
    acceptor.join(5_000);
    assertThat(acceptor.isAlive()).isFalse();
  }

  @Test
  void oneCommandIsPrintedAndItsCodeIsTheProcesss() {
    assertThat(run("", "bots:list", "limit=2")).isZero();
    assertThat(text(out)).isEqualTo("did [bots:list, limit=2]\n");
    assertThat(asked.get(1)).containsEntry("words", List.of("bots:list", "limit=2"));
    assertThat(asked.get(1)).containsEntry("interactive", false);
  }

  @Test
  void aFailureGoesToTheErrorsWithItsCode() {
    assertThat(run("", "fail")).isEqualTo(3);
    assertThat(text(out)).isEmpty();
    assertThat(text(err)).isEqualTo("You may not. [X-1]\n");
  }

  @Test
  void aScriptStopsAtTheFirstFailure() {
    assertThat(run("first\n\n# a remark\nfail\nlast\n")).isEqualTo(3);
    assertThat(text(out)).isEqualTo("did first\n");
  }

  @Test
  void aScriptThatKeepsGoingStillEndsWithTheFailure() {
    assertThat(run("fail\nlast\n", "--keep-going")).isEqualTo(3);
    assertThat(text(out)).isEqualTo("did last\n");
  }

  @Test
  void aLongAnswerInPartsIsOneText() {
    assertThat(run("", "long")).isZero();
    assertThat(text(out)).isEqualTo("abc\n");
  }

  @Test
  void theTokenIsShownAtTheHello() {
    assertThat(run("", "--token", "secret", "bots:list")).isZero();
    assertThat(asked.get(0)).containsEntry("token", "secret");
  }

  @Test
  void aRefusedTokenIsTheAnswer() {
    assertThat(run("", "--token", "wrong", "bots:list")).isEqualTo(3);
    assertThat(text(err)).isEqualTo("Nobody has this token.\n");
    assertThat(asked).hasSize(1);
  }

  @Test
  void whereNobodyListensOneSentenceSaysSo() throws Exception {
    close();
    assertThat(run("", "bots:list")).isEqualTo(5);
    assertThat(text(err)).contains("No Ladang runs in " + home).hasLineCount(1);
  }

  @Test
  void aConnectionThatIsLostIsNotSilent() {
    assertThat(run("", "die")).isEqualTo(5);
    assertThat(text(err)).contains("was lost");
  }

  @Test
  void theSocketIsFoundWhereThePointerSays() throws Exception {
    close();
    Path elsewhere = home.resolve("far.sock");
    Files.writeString(home.resolve("run/shell.path"), elsewhere + "\n");
    server = listen(elsewhere);
    assertThat(run("", "hi")).isZero();
  }

  @Test
  void anUnknownOptionIsWrongUsage() {
    assertThat(run("", "--frobnicate", "x")).isEqualTo(2);
    assertThat(text(err)).contains("no option --frobnicate");
    assertThat(run("", "--token")).isEqualTo(2);
    assertThat(run("", "--token", "", "bots:list")).isEqualTo(2);
    assertThat(asked).isEmpty();
  }

  private int run(String input, String... words) {
    Main main = new Main(print(out), print(err), Map.of("LADANG_HOME", home.toString()));
    return main.run(
        List.of(words), new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
  }

  private ServerSocketChannel listen(Path socket) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(socket));
    acceptor = new Thread(() -> answer(channel), "fake-runtime");
    acceptor.setDaemon(true);
    acceptor.start();
    return channel;
  }

  private void answer(ServerSocketChannel channel) {
    try {
      while (true) {
        try (SocketChannel client = channel.accept()) {
          Optional<Map<String, Object>> message = Frames.read(client);
          while (message.isPresent() && reply(client, message.get())) {
            message = Frames.read(client);
          }
        }
      }
    } catch (IOException e) {
      assertThat(channel.isOpen()).isFalse();
    }
  }

  private boolean reply(SocketChannel client, Map<String, Object> message) throws IOException {
    asked.add(message);
    if (message.get("do").equals("hello")) {
      boolean known = !"wrong".equals(message.get("token"));
      Frames.write(
          client, known ? Map.of("exit", 0) : Map.of("exit", 3, "text", "Nobody has this token."));
      return known;
    }
    String command = String.valueOf(message.getOrDefault("words", message.get("line")));
    switch (command) {
      case "fail", "[fail]" ->
          Frames.write(client, Map.of("exit", 3, "text", "You may not. [X-1]"));
      case "[die]" -> {
        return false;
      }
      case "[long]" -> {
        Frames.write(client, Map.of("more", true, "text", "a"));
        Frames.write(client, Map.of("more", true, "text", "b"));
        Frames.write(client, Map.of("exit", 0, "text", "c"));
      }
      default -> Frames.write(client, Map.of("exit", 0, "text", "did " + command));
    }
    return true;
  }

  private static PrintStream print(ByteArrayOutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
