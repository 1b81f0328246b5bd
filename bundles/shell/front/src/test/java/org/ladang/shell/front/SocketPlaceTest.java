package org.ladang.shell.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketPlaceTest {
  @TempDir(factory = ShortFolders.class)
  Path base;

  private Path run;

  @BeforeEach
  void folder() {
    run = base.resolve("run");
  }

  @Test
  void onlyTheOwnerReachesTheSocket() throws IOException {
    Files.createDirectory(run);
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (SocketPlace place = SocketPlace.in(run, base);
        ServerSocketChannel server = place.bind(4)) {
      assertThat(server.isOpen()).isTrue();
      assertThat(place.socket()).isEqualTo(run.resolve("shell.sock"));
      assertThat(rights(place.socket())).isEqualTo("rw-------");
      assertThat(rights(run)).isEqualTo("rwx------");
    }
    assertThat(run).isEmptyDirectory();
  }

  @Test
  void whatAKilledProcessLeftBehindIsCleared() throws IOException {
    leaveBehind(SocketPlace.in(run, base));
    try (SocketPlace again = SocketPlace.in(run, base);
        ServerSocketChannel server = again.bind(4)) {
      assertThat(connects(again.socket())).isTrue();
      assertThat(server.isOpen()).isTrue();
    }
  }

  @Test
  void theSocketOfALivingProcessIsLeftAlone() throws IOException {
    try (SocketPlace first = SocketPlace.in(run, base);
        ServerSocketChannel server = first.bind(4)) {
      assertThatThrownBy(() -> SocketPlace.in(run, base))
          .hasMessageContaining("Another process answers");
      assertThat(connects(first.socket())).isTrue();
      assertThat(server.isOpen()).isTrue();
    }
  }

  @Test
  void aPathThatIsTooLongMovesToATemporaryFolderOfTheOwner() throws IOException {
    Path deep = run.resolve("d".repeat(60)).resolve("e".repeat(60));
    Path socket;
    try (SocketPlace place = SocketPlace.in(deep, base);
        ServerSocketChannel server = place.bind(4)) {
      socket = place.socket();
      assertThat(server.isOpen()).isTrue();
      assertThat(socket.toString().length()).isLessThanOrEqualTo(SocketPlace.LONGEST);
      assertThat(socket.startsWith(base)).isTrue();
      assertThat(rights(socket)).isEqualTo("rw-------");
      assertThat(rights(socket.getParent())).isEqualTo("rwx------");
      assertThat(Files.readString(deep.resolve("shell.path"))).isEqualTo(socket + "\n");
      assertThat(connects(socket)).isTrue();
    }
    assertThat(socket.getParent()).doesNotExist();
    assertThat(deep).isEmptyDirectory();
  }

  @Test
  void theTemporaryFolderOfAKilledProcessIsClearedToo() throws IOException {
    Path deep = run.resolve("d".repeat(60)).resolve("e".repeat(60));
    SocketPlace killed = SocketPlace.in(deep, base);
    leaveBehind(killed);
    try (SocketPlace again = SocketPlace.in(deep, base)) {
      assertThat(killed.socket().getParent()).doesNotExist();
      assertThat(again.socket()).isNotEqualTo(killed.socket());
    }
  }

  @Test
  void aPointerThatNamesAForeignFileDeletesNothing() throws IOException {
    Path treasure = base.resolve("treasure/shell.sock");
    Files.createDirectories(treasure.getParent());
    Files.writeString(treasure, "gold");
    Files.createDirectory(run);
    Files.writeString(run.resolve("shell.path"), treasure.toString());
    try (SocketPlace place = SocketPlace.in(run, base)) {
      assertThat(place.socket()).isEqualTo(run.resolve("shell.sock"));
    }
    assertThat(treasure).hasContent("gold");
    assertThat(run).isEmptyDirectory();
  }

  private static void leaveBehind(SocketPlace place) throws IOException {
    place.bind(4).close(); // The file stays, as after kill -9.
    assertThat(place.socket()).exists();
  }

  private static boolean connects(Path socket) throws IOException {
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return client.isConnected();
    }
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
