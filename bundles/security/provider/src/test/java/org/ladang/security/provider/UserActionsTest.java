package org.ladang.security.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ladang.security.provider.FirstStartTest.assertCode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.action.Role;

class UserActionsTest {
  @TempDir Path folder;
  private TestRoom room;
  private UserActions actions;

  @BeforeEach
  void start() throws Exception {
    room = new TestRoom(folder).withAdmin();
    actions = new UserActions(room.desk);
  }

  @AfterEach
  void stop() {
    room.close();
  }

  @Test
  void theLastAdminCanNeitherBeRemovedNorLowered() {
    assertCode(() -> actions.removeUser(room.call(), "ana"), "LADANG-SECURITY-016");
    assertCode(() -> actions.setRole(room.call(), "ana", Role.OPERATOR), "LADANG-SECURITY-016");
    create("bo", Role.ADMIN);
    actions.removeUser(room.call(), "ana");
    assertCode(() -> actions.removeUser(room.call(), "bo"), "LADANG-SECURITY-016");
    assertThat(actions.users()).extracting(UserView::name).containsExactly("bo");
  }

  @Test
  void ofTwoAdminsThatRemoveEachOtherOneStays() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    for (int round = 0; round < 50; round++) {
      if (room.desk.users().find("ana").isEmpty()) {
        create("ana", Role.ADMIN);
      }
      if (room.desk.users().find("bo").isEmpty()) {
        create("bo", Role.ADMIN);
      }
      List<Future<?>> both = new ArrayList<>();
      both.add(threads.submit(() -> actions.removeUser(room.call(), "ana")));
      both.add(threads.submit(() -> actions.removeUser(room.call(), "bo")));
      int refused = 0;
      for (Future<?> one : both) {
        try {
          one.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
          refused++;
        }
      }
      assertThat(refused).isEqualTo(1);
      assertThat(actions.users()).hasSize(1);
    }
    threads.shutdown();
  }

  @Test
  void rulesForNamesAndPasswordsHold() {
    assertCode(() -> create("ana", Role.VIEWER), "LADANG-SECURITY-015");
    for (String name : List.of("", "A", "a b", "ana/ci", "1st", "system", "x".repeat(33), "é é")) {
      assertCode(() -> create(name, Role.VIEWER), "LADANG-SECURITY-012");
    }
    for (String password :
        List.of("", "nine char", "longusername", "LongUserName", "aaaaaaaaaaaa")) {
      assertCode(
          () -> actions.createUser(room.call(), "longusername", Role.VIEWER, password),
          "LADANG-SECURITY-013");
      assertCode(() -> actions.setPassword(room.call(), "nobody", password), "LADANG-SECURITY-014");
    }
    assertCode(
        () -> actions.createUser(room.call(), "bo", Role.VIEWER, "ab c".repeat(1_000)),
        "LADANG-SECURITY-013");
    assertThat(actions.users()).hasSize(1);
  }

  @Test
  void aRefusedPasswordIsNotRepeatedInTheRefusal() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> actions.createUser(room.call(), "bo", Role.VIEWER, "s3cret")))
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void changesOfUsersNameTheUserInTheTrail() {
    create("bo", Role.VIEWER);
    actions.setRole(room.call(), "bo", Role.OPERATOR);
    actions.setPassword(room.call(), "bo", "another good one");
    actions.removeUser(room.call(), "bo");
    assertThat(room.audit())
        .filteredOn(e -> e.subject().equals("bo"))
        .extracting(AuditEntry::action)
        .containsExactly(
            "security:user.removed",
            "security:user.password",
            "security:user.role",
            "security:user.created");
    assertThat(room.audit().get(0).principal()).isEqualTo("ana");
    assertThat(room.audit().get(0).trace()).isEqualTo("trace-1");
  }

  @Test
  void usersShowHowManyTokensAndSessionsTheyHave() {
    room.door.open(new org.ladang.kernel.action.Principal("ana", Role.ADMIN));
    assertThat(actions.users())
        .singleElement()
        .satisfies(
            u -> {
              assertThat(u.tokens()).isEqualTo(1);
              assertThat(u.sessions()).isEqualTo(1);
              assertThat(u.role()).isEqualTo(Role.ADMIN);
            });
    assertThat(actions.users().toString()).doesNotContain("hash", "salt");
  }

  private void create(String name, Role role) {
    actions.createUser(room.call(), name, role, TestRoom.PASSWORD);
  }
}
