package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomesIT {
  @TempDir Path folder;

  @Test
  void twoHomesRunSideBySide() {
    try (Ladang one = Ladang.on(folder.resolve("one")).start();
        Ladang two = Ladang.on(folder.resolve("two")).start()) {
      assertThat(one.port()).isNotEqualTo(two.port());
      assertThat(one.shell("ladang:status").object().get("node"))
          .isNotEqualTo(two.shell("ladang:status").object().get("node"));
      assertThat(one.stop()).isZero();
      assertThat(two.shell("ladang:status").object()).containsEntry("ready", true);
    }
  }

  @Test
  void aSecondProcessOnOneHomeIsRefusedWithASentenceThatNamesTheFirst() {
    Path home = folder.resolve("home");
    try (Ladang first = Ladang.on(home).start();
        Ladang second = Ladang.on(home).launch()) {
      assertThat(second.ended(Duration.ofSeconds(20))).isEqualTo(3);
      assertThat(second.console())
          .contains("in use by process " + first.pid())
          .contains("LADANG-HOME-001")
          .doesNotContain("\tat ");
      assertThat(first.shell("ladang:status").object()).containsEntry("ready", true);
      assertThat(first.ladang("start").exit()).isEqualTo(3);
    }
  }

  @Test
  void aKilledProcessLeavesAHomeThatStartsAgain() {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      ladang.kill9();
      assertThat(Files.exists(ladang.run("pid"))).isTrue();
      assertThat(ladang.ladang("status").exit()).isEqualTo(1);
      assertThat(ladang.ladang("stop").out()).contains("does not run");
      ladang.start();
      assertThat(ladang.shell("ladang:status").object()).containsEntry("ready", true);
    }
  }

  @Test
  void aLongHomeMovesTheSocketToAnOwnerOnlyFolder() throws IOException {
    Path home = folder.resolve("a".repeat(60)).resolve("b".repeat(60));
    try (Ladang ladang = Ladang.on(home).start()) {
      Path socket = Path.of(Ladang.read(ladang.run("shell.path")).strip());
      assertThat(socket.toString().length()).isLessThanOrEqualTo(100);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
          .isEqualTo("rwx------");
      assertThat(ladang.shell("ladang:status").object()).containsEntry("ready", true);
      ladang.stop();
      assertThat(Files.exists(socket.getParent())).isFalse();
    }
  }

  @Test
  void startReturnsWhenReadyAndStopWhenStopped() {
    try (Ladang ladang = Ladang.on(folder.resolve("home with blanks"))) {
      try {
        Command start = ladang.ladang("start").succeeded();
        assertThat(start.out()).startsWith("Ladang ").contains(" ready in ");
        assertThat(ladang.ladang("status").succeeded().out())
            .contains("http://127.0.0.1:" + ladang.port());
        assertThat(ladang.ladang("status", "--json").object())
            .containsEntry("state", "ready")
            .containsEntry("home", ladang.home().toString());
      } finally {
        ladang.ladang("stop").succeeded();
      }
      assertThat(ladang.ladang("status").exit()).isEqualTo(1);
    }
  }

  @Test
  void whatTheUserWroteIsNotOverwritten() throws IOException {
    Path home = folder.resolve("home");
    Path settings = Files.createDirectories(home.resolve("conf")).resolve("config.properties");
    Files.writeString(settings, "org.osgi.framework.security.note = mine\n");
    try (Ladang ladang = Ladang.on(home).start()) {
      ladang.stop();
    }
    assertThat(settings).hasContent("org.osgi.framework.security.note = mine");
  }

  @Test
  void aPortThatSomebodyHoldsIsRefusedWithASentence() throws IOException {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Ladang ladang =
            Ladang.on(folder.resolve("home"))
                .with("LADANG_HTTP_PORT", String.valueOf(holder.getLocalPort()))) {
      Command start = ladang.ladang("start");
      assertThat(start.exit()).isEqualTo(3);
      assertThat(start.toString())
          .contains("The HTTP port " + holder.getLocalPort(), "LADANG-LAUNCH-007")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aHomeWithOtherLettersWorksWithoutALocale() throws IOException {
    Path home = folder.resolve("hö me ñ 日");
    try (Ladang ladang = Ladang.on(home).with("LC_ALL", "").with("LANG", "").start()) {
      assertThat(ladang.shell("ladang:status").exit()).isZero();
      assertThat(ladang.ladang("status").exit()).isZero();
      assertThat(ladang.stop()).isZero();
    }
  }

  @Test
  void aPortThatIsNoneIsRefusedWithASentence() {
    try (Ladang ladang =
        Ladang.on(folder.resolve("home")).with("LADANG_HTTP_PORT", "eighty").launch()) {
      assertThat(ladang.ended(Duration.ofSeconds(20))).isEqualTo(2);
      assertThat(ladang.console()).contains("LADANG-LAUNCH-003").doesNotContain("\tat ");
    }
  }

  @Test
  void wrongWordsBehindACommandAreRefusedAndNotOverheard() {
    try (Ladang ladang = Ladang.on(folder.resolve("home"))) {
      for (String command : new String[] {"status", "start", "stop", "run"}) {
        Command answer = ladang.ladang(command, "--bogus");
        assertThat(answer.exit()).as(command).isEqualTo(2);
        assertThat(answer.toString()).contains("not: --bogus");
      }
    }
  }

  @Test
  void aHomeThatCannotBeMadeIsOneSentence() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    try (Ladang ladang = Ladang.on(file.resolve("home"))) {
      Command start = ladang.ladang("start");
      assertThat(start.exit()).isEqualTo(2);
      assertThat(start.toString())
          .contains("The home " + file.resolve("home") + " cannot be written.")
          .contains("LADANG-HOME-002")
          .doesNotContain("mkdir");
    }
  }
}
