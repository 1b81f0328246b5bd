package org.ladang.security.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ladang.security.provider.FirstStartTest.assertCode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;
import org.ladang.security.Authenticator.Outcome;
import org.ladang.security.Authenticator.Session;

class SessionsTest {
  private static final Principal ANA = new Principal("ana", Role.ADMIN);

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
  void anOpenSessionIsItsUserAndNothingOfItIsKeptInClear() {
    Session session = room.door.open(ANA);
    assertThat(session.principal()).isEqualTo(ANA);
    assertThat(session.id()).hasSize(43).isNotEqualTo(session.csrf());
    assertThat(session.csrf()).hasSize(43);
    assertThat(session.expires()).isEqualTo(room.clock.now().plus(Duration.ofHours(12)));
    assertThat(room.door.session(session.id())).isEqualTo(new Outcome.Known(ANA));
    assertThat(room.door.find(session.id())).contains(session);
    assertThat(room.state.text()).doesNotContain(session.id()).doesNotContain(session.csrf());
  }

  @Test
  void aSessionEndsAfterHalfAnHourUnused() {
    Session session = room.door.open(ANA);
    for (int i = 0; i < 5; i++) {
      room.clock.pass(Duration.ofMinutes(29));
      assertThat(known(session)).isTrue();
    }
    room.clock.pass(Duration.ofMinutes(30));
    assertThat(known(session)).isFalse();
  }

  @Test
  void aSessionEndsAfterTwelveHoursInAnyCase() {
    Session session = room.door.open(ANA);
    for (int i = 0; i < 12 * 6 - 1; i++) {
      room.clock.pass(Duration.ofMinutes(10));
      assertThat(known(session)).isTrue();
    }
    room.clock.pass(Duration.ofMinutes(10));
    assertThat(known(session)).isFalse();
    assertThat(room.desk.sessions().live()).isEmpty();
  }

  @Test
  void aClosedSessionIsOver() {
    Session session = room.door.open(ANA);
    room.door.close(session.id());
    assertThat(known(session)).isFalse();
    assertThat(room.door.find(session.id())).isEmpty();
    room.desk.tidy();
    assertThat(known(session)).isFalse();
    room.door.close("nothing");
  }

  @Test
  void sessionsAndTheirCsrfTokensSurviveARestart() {
    Session session = room.door.open(ANA);
    room.clock.pass(Duration.ofMinutes(25));
    assertThat(known(session)).isTrue();
    room = room.restarted("2");
    room.clock.pass(Duration.ofMinutes(25));
    assertThat(room.door.find(session.id())).contains(session);
  }

  @Test
  void afterASuddenEndASessionIsAtMostSomeMinutesOlderThanItWas() {
    Session session = room.door.open(ANA);
    room.clock.pass(Duration.ofMinutes(20));
    assertThat(known(session)).isTrue();
    room.desk.tidy();
    try (TestRoom other = new TestRoom(folder, room.state, room.clock, new TestConfig(), "2")) {
      room.clock.pass(Duration.ofMinutes(20));
      assertThat(other.door.session(session.id())).isEqualTo(new Outcome.Known(ANA));
    }
  }

  @Test
  void roleAndRemovalHoldForOpenSessionsAtOnce() {
    UserActions users = new UserActions(room.desk);
    users.createUser(room.call(), "bo", Role.OPERATOR, TestRoom.PASSWORD);
    Session session = room.door.open(new Principal("bo", Role.OPERATOR));
    users.setRole(room.call(), "bo", Role.VIEWER);
    assertThat(room.door.session(session.id()))
        .isEqualTo(new Outcome.Known(new Principal("bo", Role.VIEWER)));
    users.removeUser(room.call(), "bo");
    assertThat(known(session)).isFalse();
  }

  @Test
  void aNewPasswordEndsTheUsersSessionsOnly() {
    UserActions users = new UserActions(room.desk);
    users.createUser(room.call(), "bo", Role.OPERATOR, TestRoom.PASSWORD);
    Session bo = room.door.open(new Principal("bo", Role.OPERATOR));
    Session ana = room.door.open(ANA);
    users.setPassword(room.call(), "bo", "another good one");
    assertThat(known(bo)).isFalse();
    assertThat(known(ana)).isTrue();
  }

  @Test
  void aSessionOfATokenEndsWithTheToken() {
    TokenActions tokens = new TokenActions(room.desk);
    var token =
        tokens.createToken(room.call(), "ci", Role.VIEWER, Optional.empty(), Optional.empty());
    Session session = room.door.open(new Principal("ana/ci", Role.VIEWER));
    assertThat(session.principal()).isEqualTo(new Principal("ana/ci", Role.VIEWER));
    tokens.revokeToken(room.call(), token.id());
    assertThat(known(session)).isFalse();
  }

  @Test
  void nobodyElseCanHaveASession() {
    assertCode(() -> room.door.open(Principal.SYSTEM), "LADANG-SECURITY-023");
    assertCode(
        () -> room.door.open(new Principal("ana/nothing", Role.ADMIN)), "LADANG-SECURITY-023");
  }

  @Test
  void aClaimedRoleIsNotBelieved() {
    new UserActions(room.desk).createUser(room.call(), "bo", Role.VIEWER, TestRoom.PASSWORD);
    assertThat(room.door.open(new Principal("bo", Role.ADMIN)).principal().role())
        .isEqualTo(Role.VIEWER);
  }

  @Test
  void aUserKeepsItsTwentyNewestSessions() {
    List<Session> opened = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      room.clock.pass(Duration.ofSeconds(1));
      opened.add(room.door.open(ANA));
    }
    assertThat(opened.stream().filter(this::known)).isEqualTo(opened.subList(5, 25));
  }

  @Test
  void thereIsALimitForAllTogether() {
    room.close();
    room = new TestRoom(folder, room.state, room.clock, new TestConfig(1_000, 3), "2");
    for (int i = 0; i < 3; i++) {
      room.door.open(ANA);
    }
    assertCode(() -> room.door.open(ANA), "LADANG-SECURITY-017");
    room.clock.pass(Duration.ofHours(1));
    assertThat(room.door.open(ANA)).isNotNull();
  }

  @Test
  void signOutEverywhereEndsThemAllOrThoseOfOneUser() {
    SessionActions actions = new SessionActions(room.desk);
    new UserActions(room.desk).createUser(room.call(), "bo", Role.VIEWER, TestRoom.PASSWORD);
    Session bo = room.door.open(new Principal("bo", Role.VIEWER));
    Session ana = room.door.open(ANA);
    assertThat(actions.sessions()).hasSize(2);
    assertThat(actions.closeSessions(room.call(), Optional.of("bo")).closed()).isEqualTo(1);
    assertThat(known(bo)).isFalse();
    assertThat(known(ana)).isTrue();
    assertThat(actions.closeSessions(room.call(), Optional.empty()).closed()).isEqualTo(1);
    assertThat(known(ana)).isFalse();
    assertCode(() -> actions.closeSessions(room.call(), Optional.of("eve")), "LADANG-SECURITY-014");
  }

  @Test
  void whoeverWantsEndsAllTheirOwnSessionsAndNobodyElses() {
    SessionActions actions = new SessionActions(room.desk);
    new UserActions(room.desk).createUser(room.call(), "bo", Role.VIEWER, TestRoom.PASSWORD);
    Session bo = room.door.open(new Principal("bo", Role.VIEWER));
    Session ana = room.door.open(ANA);
    assertThat(actions.signOutEverywhere(GuardTest.context(Role.VIEWER, "console")).closed())
        .isEqualTo(1);
    assertThat(known(bo)).isFalse();
    assertThat(known(ana)).isTrue();
  }

  private boolean known(Session session) {
    return room.door.session(session.id()) instanceof Outcome.Known;
  }
}
