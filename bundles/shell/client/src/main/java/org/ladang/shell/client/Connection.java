package org.ladang.shell.client;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.shell.wire.Frames;

/** A connection to a runtime's shell. One thread at a time may use it; another one may close it. */
final class Connection implements AutoCloseable {
  private final SocketChannel channel;

  private Connection(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Connects and says hello.
   *
   * @param token absent for the owner
   * @throws Unreachable when nobody answers
   * @throws Refused when somebody does, with a no
   */
  static Connection open(Path home, Optional<String> token) throws IOException {
    Path socket = socket(home);
    SocketChannel channel;
    try {
      channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (IOException | IllegalArgumentException e) {
      throw new Unreachable(
          "No Ladang runs in "
              + home.toAbsolutePath().normalize()
              + ". Start it with ladang start.",
          e);
    }
    Connection connection = new Connection(channel);
    try {
      Map<String, Object> hello = new LinkedHashMap<>(Map.of("do", "hello"));
      token.ifPresent(value -> hello.put("token", value));
      Reply reply = connection.exchange(hello);
      if (reply.exit() != Reply.OK) {
        throw new Refused(reply);
      }
      return connection;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Runs one command; {@code words} are a process's arguments. */
  Reply run(List<String> words, Terms terms) throws IOException {
    return exchange(terms.message(Map.of("words", words)));
  }

  /** Runs one line as typed. */
  Reply run(String line, Terms terms) throws IOException {
    return exchange(terms.message(Map.of("line", line)));
  }

  /** What could stand at the cursor: value, description and whether a blank follows. */
  List<?> complete(String line, int cursor) throws IOException {
    send(Map.of("do", "complete", "line", line, "cursor", cursor));
    return receive().get("candidates") instanceof List<?> candidates ? candidates : List.of();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private Reply exchange(Map<String, Object> message) throws IOException {
    send(message);
    StringBuilder text = new StringBuilder();
    Map<String, Object> frame = receive();
    while (Boolean.TRUE.equals(frame.get("more"))) {
      text.append(frame.get("text"));
      frame = receive();
    }
    text.append(frame.getOrDefault("text", ""));
    int exit = frame.get("exit") instanceof Number number ? number.intValue() : 1;
    return new Reply(exit, text.toString());
  }

  private void send(Map<String, Object> message) throws IOException {
    try {
      Frames.write(channel, message);
    } catch (IOException e) {
      // A server that is full writes why and closes: what it wrote may still be read.
      if (channel.isOpen()) {
        return;
      }
      throw lost(e);
    }
  }

  private Map<String, Object> receive() throws IOException {
    Optional<Map<String, Object>> frame;
    try {
      frame = Frames.read(channel);
    } catch (IOException e) {
      throw lost(e);
    }
    return frame.orElseThrow(() -> lost(null));
  }

  private static Unreachable lost(Throwable cause) {
    return new Unreachable(
        "The connection to Ladang was lost; a command under way may still have an effect.", cause);
  }

  private static Path socket(Path home) throws IOException {
    Path pointer = home.resolve("run").resolve("shell.path");
    return Files.isRegularFile(pointer)
        ? Path.of(Files.readString(pointer).strip())
        : shortest(home.resolve("run").resolve("shell.sock"));
  }

  /** The system limits the length of what it is given, not of what it means. */
  private static Path shortest(Path socket) {
    Path absolute = socket.toAbsolutePath().normalize();
    return absolute.toString().length() < socket.toString().length() ? absolute : socket;
  }

  /** How a command wants to be run. */
  record Terms(boolean json, int width, boolean interactive, boolean confirmed) {
    Terms agreed() {
      return new Terms(json, width, interactive, true);
    }

    private Map<String, Object> message(Map<String, Object> command) {
      Map<String, Object> message = new LinkedHashMap<>(command);
      message.put("do", "run");
      message.put("json", json);
      message.put("width", width);
      message.put("interactive", interactive);
      message.put("confirmed", confirmed);
      return message;
    }
  }
}
