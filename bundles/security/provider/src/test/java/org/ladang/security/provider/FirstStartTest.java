package org.ladang.security.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;
import org.ladang.security.Authenticator.FirstStart;
import org.ladang.security.Authenticator.Outcome;

class FirstStartTest {
  @TempDir Path folder;

  @Test
  void theOneTimeTokenMakesTheAdminAndAnApiToken() throws Exception {
    try (TestRoom room = new TestRoom(folder)) {
      assertThat(room.door.needsFirstStart()).isTrue();
      FirstStart made = room.door.firstStart(room.oneTimeToken(), "ana", TestRoom.PASSWORD);

      assertThat(made.principal()).isEqualTo(new Principal("ana", Role.ADMIN));
      assertThat(room.door.needsFirstStart()).isFalse();
      assertThat(room.door.token(made.apiToken()))
          .isEqualTo(new Outcome.Known(new Principal("ana/first-start", Role.ADMIN)));
      assertThat(room.door.password("ana", TestRoom.PASSWORD, ""))
          .isEqualTo(new Outcome.Known(new Principal("ana", Role.ADMIN)));
    }
  }

  @Test
  void onlyItsOwnerMayReadTheTokenAndItIsGoneOnceSpent() throws Exception {
    try (TestRoom room = new TestRoom(folder)) {
      String token = room.oneTimeToken();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(room.oneTimeFile())))
          .isEqualTo("rw-------");
      assertThat(room.state.text()).doesNotContain(token);
      assertThat(room.events.sentences).noneMatch(s -> s.contains(token));

      room.withAdmin();
      assertThat(room.oneTimeFile()).doesNotExist();
    }
  }

  @Test
  void aSpentTokenIsRefused() throws Exception {
    try (TestRoom room = new TestRoom(folder)) {
      String token = room.oneTimeToken();
      room.withAdmin();
      assertCode(
          () -> room.door.firstStart(token, "eve", TestRoom.PASSWORD), "LADANG-SECURITY-011");
      assertThat(room.desk.users().all()).hasSize(1);
    }
  }

  @Test
  void aWrongTokenIsRefusedAndSpendsNothing() throws Exception {
    try (TestRoom room = new TestRoom(folder)) {
      assertCode(
          () -> room.door.firstStart("wrong", "eve", TestRoom.PASSWORD), "LADANG-SECURITY-010");
      room.withAdmin();
      assertThat(room.door.needsFirstStart()).isFalse();
    }
  }

  @Test
  void aBrokenRuleDoesNotSpendTheToken() throws Exception {
    try (TestRoom room = new TestRoom(folder)) {
      String token = room.oneTimeToken();
      assertCode(() -> room.door.firstStart(token, "ana", "short"), "LADANG-SECURITY-013");
      assertCode(
          () -> room.door.firstStart(token, "Ana!", TestRoom.PASSWORD), "LADANG-SECURITY-012");
      assertCode(
          () -> room.door.firstStart(token, "system", TestRoom.PASSWORD), "LADANG-SECURITY-012");
      assertThat(room.door.firstStart(token, "ana", TestRoom.PASSWORD)).isNotNull();
    }
  }

  @Test
  void theTokenIsGoodForFifteenMinutesAndItsFileGoesThen() throws Exception {
    try (TestRoom room = new TestRoom(folder)) {
      String token = room.oneTimeToken();
      room.clock.pass(Duration.ofMinutes(15).minusMillis(1));
      room.desk.tidy();
      assertThat(room.oneTimeFile()).exists();

      room.clock.pass(Duration.ofMillis(1));
      assertCode(
          () -> room.door.firstStart(token, "ana", TestRoom.PASSWORD), "LADANG-SECURITY-010");
      room.desk.tidy();
      assertThat(room.oneTimeFile()).doesNotExist();
      assertThat(room.door.needsFirstStart()).isTrue();
    }
  }

  @Test
  void eachStartWithoutAUserMakesANewTokenAndForgetsTheOldOne() throws Exception {
    TestRoom first = new TestRoom(folder);
    String old = first.oneTimeToken();
    try (TestRoom second = first.restarted("2@start")) {
      assertThat(second.oneTimeToken()).isNotEqualTo(old);
      assertCode(
          () -> second.door.firstStart(old, "ana", TestRoom.PASSWORD), "LADANG-SECURITY-010");
      second.withAdmin();
    }
  }

  @Test
  void anUpgradeOfSecurityKeepsTheToken() throws Exception {
    TestRoom first = new TestRoom(folder);
    String token = first.oneTimeToken();
    try (TestRoom second = first.restarted("1@start")) {
      assertThat(second.oneTimeToken()).isEqualTo(token);
      second.withAdmin();
    }
  }

  @Test
  void aStartWithUsersMakesNoToken() throws Exception {
    TestRoom first = new TestRoom(folder).withAdmin();
    try (TestRoom second = first.restarted("2@start")) {
      assertThat(second.oneTimeFile()).doesNotExist();
      assertThat(second.door.needsFirstStart()).isFalse();
    }
  }

  @Test
  void ofManyThreadsThatSpendTheTokenExactlyOneWins() throws Exception {
    try (TestRoom room = new TestRoom(folder)) {
      String token = room.oneTimeToken();
      ExecutorService threads = Executors.newFixedThreadPool(16);
      CountDownLatch go = new CountDownLatch(1);
      List<Future<FirstStart>> tries = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String user = "user" + i;
        tries.add(
            threads.submit(
                () -> {
                  go.await();
                  return room.door.firstStart(token, user, TestRoom.PASSWORD);
                }));
      }
      go.countDown();
      int won = 0;
      for (Future<FirstStart> one : tries) {
        try {
          one.get(30, TimeUnit.SECONDS);
          won++;
        } catch (java.util.concurrent.ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(LadangException.class);
        }
      }
      threads.shutdown();
      assertThat(won).isEqualTo(1);
      assertThat(room.desk.users().all()).hasSize(1);
      assertThat(room.desk.tokens().all()).hasSize(1);
    }
  }

  @Test
  void aLateThreadCannotUseATokenThatExpiredWhileItHashed() throws Exception {
    try (TestRoom room = new TestRoom(folder)) {
      assertThatThrownBy(
              () ->
                  room.desk
                      .users()
                      .createFirst(
                          "ana", room.desk.passwords().hash(TestRoom.PASSWORD), () -> false))
          .isInstanceOf(LadangException.class);
      assertThat(room.door.needsFirstStart()).isTrue();
    }
  }

  static void assertCode(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String code) {
    LadangException refused = catchThrowableOfType(LadangException.class, call);
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.getMessage()).endsWith(".");
  }
}
