package org.ladang.shell.front;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the shell's socket lies: {@code run/shell.sock}, or, where that path is too long for the system, in an
 * owner-only temporary folder whose socket is named in {@code run/shell.path}. Only the owner can reach either.
 */
final class SocketPlace implements AutoCloseable {
  /** Linux allows 107 bytes, others fewer. */
  static final int LONGEST = 100;

  private static final String SOCKET = "shell.sock";
  private static final String PREFIX = "ladang-shell-";

  private final Path pointer;
  private final Path socket;
  private final boolean moved;

  private SocketPlace(Path pointer, Path socket, boolean moved) {
    this.pointer = pointer;
    this.socket = socket;
    this.moved = moved;
  }

  /**
   * Clears what a killed process left behind and chooses the place.
   *
   * @param run the home's {@code run} folder; becomes owner-only
   * @param temporary where to go when the path is too long
   * @throws IOException also when somebody answers at the socket of this home
   */
  static SocketPlace in(Path run, Path temporary) throws IOException {
    Files.createDirectories(run);
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
    Path pointer = run.resolve("shell.path");
    Path near = run.toAbsolutePath().normalize().resolve(SOCKET);
    forget(near);
    if (Files.exists(pointer)) {
      Path former = Path.of(Files.readString(pointer).strip());
      if (ours(former)) {
        forget(former);
        Files.deleteIfExists(former.getParent());
      }
      Files.delete(pointer);
    }
    if (bytes(near) <= LONGEST) {
      return new SocketPlace(pointer, near, false);
    }
    Path base = bytes(temporary) <= 60 ? temporary : Path.of("/tmp");
    Path folder =
        Files.createTempDirectory(
            base,
            PREFIX,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path far = folder.toAbsolutePath().resolve(SOCKET);
    Files.writeString(pointer, far + "\n");
    return new SocketPlace(pointer, far, true);
  }

  Path socket() {
    return socket;
  }

  /** Opens the socket for connections; its folder is owner-only before it exists, itself right after. */
  ServerSocketChannel bind(int backlog) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(socket), backlog);
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(socket);
    if (moved) {
      Files.deleteIfExists(socket.getParent());
      Files.deleteIfExists(pointer);
    }
  }

  private static void forget(Path socket) throws IOException {
    if (!Files.exists(socket)) {
      return;
    }
    if (answers(socket)) {
      throw new IOException("Another process answers at " + socket + ".");
    }
    Files.delete(socket);
  }

  private static boolean answers(Path socket) {
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return probe.isConnected();
    } catch (IOException e) {
      return false; // Nobody listens, or it is no socket: a leftover.
    }
  }

  private static boolean ours(Path former) {
    Path folder = former.getParent();
    return folder != null
        && former.endsWith(SOCKET)
        && folder.getFileName() != null
        && folder.getFileName().toString().startsWith(PREFIX);
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
