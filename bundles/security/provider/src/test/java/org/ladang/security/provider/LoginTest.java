package org.ladang.security.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.action.Role;
import org.ladang.security.Authenticator.Outcome;

class LoginTest {
  @TempDir Path folder;
  private TestRoom room;

  @BeforeEach
  void start() throws Exception {
    room = new TestRoom(folder).withAdmin();
  }

  @AfterEach
  void stop() {
    room.close();
  }

  @Test
  void aWrongPasswordAndAnUnknownUserGetTheSameAnswer() {
    assertThat(code("ana", "wrong password")).isEqualTo("LADANG-SECURITY-002");
    assertThat(room.door.password("nobody", "wrong password", "a"))
        .isEqualTo(room.door.password("ana", "wrong password", "b"));
  }

  @Test
  void afterFiveWrongGuessesEvenTheRightOneIsNotLookedAt() {
    for (int i = 0; i < 5; i++) {
      assertThat(code("ana", "wrong password")).isEqualTo("LADANG-SECURITY-002");
    }
    assertThat(code("ana", TestRoom.PASSWORD)).isEqualTo("LADANG-SECURITY-003");
    assertThat(room.events.sentences)
        .filteredOn(sentence -> sentence.contains("security.guessed"))
        .as("told once for each lock, not for each guess")
        .singleElement()
        .asString()
        .contains("WARNING")
        .contains("guesses the password of ana");
    room.clock.pass(Duration.ofSeconds(1));
    assertThat(code("ana", TestRoom.PASSWORD)).isEqualTo("known");
  }

  @Test
  void aNameThatNoUserHasIsNotToldEvenWhereItIsGuessedAt() {
    for (int i = 0; i < 5; i++) {
      code("my secret typed in the wrong field", "x");
    }
    assertThat(room.events.sentences)
        .anyMatch(sentence -> sentence.contains("security.guessed"))
        .noneMatch(sentence -> sentence.contains("my secret"));
  }

  @Test
  void theLockGrowsWithEachWrongGuessUpToAMinute() {
    List<Long> locks = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      code("ana", "wrong password");
      long seconds = 0;
      while (code("ana", TestRoom.PASSWORD + "x").equals("LADANG-SECURITY-003")) {
        room.clock.pass(Duration.ofSeconds(1));
        seconds++;
      }
      locks.add(seconds);
    }
    assertThat(locks).isSorted().last().isEqualTo(60L);
  }

  @Test
  void wrongGuessesAtManyUsersLockTheRemote() {
    for (int i = 0; i < 10; i++) {
      room.door.password("user" + i, "wrong password", "10.0.0.7");
    }
    assertThat(room.door.password("ana", TestRoom.PASSWORD, "10.0.0.7"))
        .isInstanceOfSatisfying(
            Outcome.Unknown.class, u -> assertThat(u.code()).isEqualTo("LADANG-SECURITY-003"));
    assertThat(room.door.password("ana", TestRoom.PASSWORD, "10.0.0.8"))
        .isInstanceOf(Outcome.Known.class);
  }

  @Test
  void aGoodAccountDoesNotWashAwayGuessesAtOthers() {
    int locked = 0;
    for (int i = 0; i < 20; i++) {
      room.door.password("user" + i, "wrong password", "10.0.0.7");
      Outcome own = room.door.password("ana", TestRoom.PASSWORD, "10.0.0.7");
      locked += own instanceof Outcome.Unknown ? 1 : 0;
    }
    assertThat(locked).isPositive();
  }

  @Test
  void guessesAreForgottenAfterAQuarterOfAnHour() {
    for (int i = 0; i < 4; i++) {
      code("ana", "wrong password");
    }
    room.clock.pass(Duration.ofMinutes(16));
    for (int i = 0; i < 4; i++) {
      assertThat(code("ana", "wrong password")).isEqualTo("LADANG-SECURITY-002");
    }
    assertThat(code("ana", TestRoom.PASSWORD)).isEqualTo("known");
  }

  @Test
  void guessesAtTheSameTimeGainNothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(32);
    List<Future<String>> tries = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      tries.add(threads.submit(() -> code("ana", "wrong password")));
    }
    int lookedAt = 0;
    for (Future<String> one : tries) {
      lookedAt += one.get(30, TimeUnit.SECONDS).equals("LADANG-SECURITY-003") ? 0 : 1;
    }
    threads.shutdown();
    assertThat(lookedAt).isEqualTo(5);
  }

  @Test
  void theThrottleRemembersOnlySoMany() {
    Throttle throttle = new Throttle(room.clock);
    for (int i = 0; i < 30_000; i++) {
      throttle.attempt("user" + i, "");
    }
    assertThat(throttle.size()).isEqualTo(10_000);
  }

  @Test
  void aHashWithOtherIterationsIsRenewedAtTheNextLogin() {
    Passwords stronger = new Passwords(new Secrets(new java.security.SecureRandom()), 2_000);
    PasswordHash kept = room.desk.users().get("ana").password();
    assertThat(kept.iterations()).isEqualTo(1_000);
    assertThat(stronger.outdated(kept)).isTrue();

    room.close();
    room = new TestRoom(folder, room.state, room.clock, new TestConfig(2_000, 10), "2");
    assertThat(code("ana", TestRoom.PASSWORD)).isEqualTo("known");
    assertThat(room.desk.users().get("ana").password().iterations()).isEqualTo(2_000);
    assertThat(code("ana", TestRoom.PASSWORD)).isEqualTo("known");
  }

  @Test
  void loginsAreAuditedWithoutAnyPasswordOrUnknownName() {
    code("ana", "a wrong secret");
    code("hunter2-typed-into-the-wrong-field", "another");
    code("ana", TestRoom.PASSWORD);

    List<AuditEntry> logins =
        room.audit().stream().filter(e -> e.action().equals("security:login")).toList();
    assertThat(logins)
        .extracting(AuditEntry::principal, AuditEntry::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("ana", "ok"),
            org.assertj.core.groups.Tuple.tuple("-", "LADANG-SECURITY-002"),
            org.assertj.core.groups.Tuple.tuple("ana", "LADANG-SECURITY-002"));
    assertThat(room.audit().toString() + room.events.sentences)
        .doesNotContain("hunter2", "a wrong secret", TestRoom.PASSWORD);
  }

  @Test
  void aFloodOfRefusedLoginsLeavesTenEntriesAndACount() {
    for (int i = 0; i < 500; i++) {
      code("ana", "wrong password");
    }
    room.desk.tidy();
    List<AuditEntry> logins =
        room.audit().stream().filter(e -> e.action().equals("security:login")).toList();
    assertThat(logins).hasSize(11);
    assertThat(logins.get(0).note()).isEqualTo("490 more were refused.");
  }

  @Test
  void aChangedRoleHoldsAtTheNextLogin() {
    room.desk.users().create("bo", Role.VIEWER, room.desk.passwords().hash(TestRoom.PASSWORD));
    room.desk.users().setRole("bo", Role.OPERATOR);
    assertThat(room.door.password("bo", TestRoom.PASSWORD, ""))
        .isInstanceOfSatisfying(
            Outcome.Known.class, k -> assertThat(k.principal().role()).isEqualTo(Role.OPERATOR));
  }

  private String code(String user, String password) {
    return room.door.password(user, password, "") instanceof Outcome.Unknown u ? u.code() : "known";
  }
}
