package org.ladang.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ladang.shell.wire.Frames;

/** One open connection to the shell of a running Ladang; no new JVM for each command. */
public final class ShellLine implements AutoCloseable {
  private final SocketChannel channel;

  private ShellLine(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects as the owner of the home. */
  public static ShellLine to(Path home) {
    try {
      Path named = home.resolve("run/shell.path");
      Path socket =
          Files.exists(named)
              ? Path.of(Files.readString(named).strip())
              : home.resolve("run/shell.sock");
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(UnixDomainSocketAddress.of(socket));
      ShellLine line = new ShellLine(channel);
      line.ask(Map.of("do", "hello"));
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command answered. */
  public record Said(int exit, String text) {}

  /** Runs a command with JSON as its answer. */
  public Said run(String... words) {
    try {
      return ask(
          Map.of(
              "do",
              "run",
              "words",
              List.of(words),
              "json",
              true,
              "width",
              120,
              "interactive",
              false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Said ask(Map<String, Object> request) throws IOException {
    Frames.write(channel, request);
    StringBuilder text = new StringBuilder();
    Map<String, Object> frame;
    do {
      frame = Frames.read(channel).orElseThrow(() -> new IOException("the connection was closed"));
      text.append(frame.getOrDefault("text", ""));
    } while (Boolean.TRUE.equals(frame.get("more")));
    return new Said(((Number) frame.get("exit")).intValue(), text.toString());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
