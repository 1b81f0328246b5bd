package org.ladang.security.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ladang.security.provider.FirstStartTest.assertCode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;
import org.ladang.security.Authenticator.Outcome;
import org.ladang.security.provider.TokenActions.NewToken;

class TokensTest {
  @TempDir Path folder;
  private TestRoom room;
  private TokenActions actions;

  @BeforeEach
  void start() throws Exception {
    room = new TestRoom(folder).withAdmin();
    actions = new TokenActions(room.desk);
  }

  @AfterEach
  void stop() {
    room.close();
  }

  @Test
  void aTokenHas256BitsAndIsKeptOnlyAsAHash() {
    String token = token("ci", Role.OPERATOR).token();
    assertThat(token).matches("ldg_[A-Za-z0-9_-]{43}");
    assertThat(room.state.text()).doesNotContain(token).doesNotContain(token.substring(4));
    assertThat(room.audit().toString()).doesNotContain(token);
    assertThat(token("other", Role.OPERATOR).toString()).doesNotContain("ldg_");
  }

  @Test
  void aTokenIsItsOwnerAndItsNameWithItsOwnRole() {
    assertThat(room.door.token(token("ci", Role.VIEWER).token()))
        .isEqualTo(new Outcome.Known(new Principal("ana/ci", Role.VIEWER)));
  }

  @Test
  void whoeverOwnsTheProcessMakesTokensBeforeThereIsAUser() {
    CallContext local =
        CallContext.of(
            new Principal("local", Role.ADMIN),
            "shell",
            "t",
            java.time.Instant.now().plusSeconds(9));
    String token =
        actions
            .createToken(
                local, "ci", Role.OPERATOR, java.util.Optional.empty(), java.util.Optional.empty())
            .token();
    assertThat(room.door.token(token))
        .isEqualTo(new Outcome.Known(new Principal("local/ci", Role.OPERATOR)));
  }

  @Test
  void anUnknownTokenIsRefused() {
    String token = token("ci", Role.VIEWER).token();
    String other = token.substring(0, 46) + (token.endsWith("A") ? "B" : "A");
    assertThat(code(other)).isEqualTo("LADANG-SECURITY-001");
    assertThat(code("")).isEqualTo("LADANG-SECURITY-001");
    assertThat(code("ldg_")).isEqualTo("LADANG-SECURITY-001");
    assertThat(code("x".repeat(100_000))).isEqualTo("LADANG-SECURITY-001");
    assertThat(code(token)).isEqualTo("known");
  }

  @Test
  void aTokenExpiresToTheMillisecond() {
    String token =
        actions
            .createToken(
                room.call(), "ci", Role.VIEWER, Optional.empty(), Optional.of(Duration.ofHours(1)))
            .token();
    room.clock.pass(Duration.ofHours(1).minusMillis(1));
    assertThat(code(token)).isEqualTo("known");
    room.clock.pass(Duration.ofMillis(1));
    assertThat(code(token)).isEqualTo("LADANG-SECURITY-001");
  }

  @Test
  void aRevokedTokenIsDeadAtOnceAndStaysDeadWhenTimesAreWritten() {
    NewToken token = token("ci", Role.VIEWER);
    assertThat(code(token.token())).isEqualTo("known");
    actions.revokeToken(room.call(), token.id());
    room.desk.tidy();
    assertThat(code(token.token())).isEqualTo("LADANG-SECURITY-001");
    assertCode(() -> actions.revokeToken(room.call(), token.id()), "LADANG-SECURITY-020");
  }

  @Test
  void aTokenNeverMayMoreThanItsOwner() {
    UserActions users = new UserActions(room.desk);
    users.createUser(room.call(), "bo", Role.OPERATOR, TestRoom.PASSWORD);
    assertCode(
        () ->
            actions.createToken(room.call(), "ci", Role.ADMIN, Optional.of("bo"), Optional.empty()),
        "LADANG-SECURITY-022");
    String token =
        actions
            .createToken(room.call(), "ci", Role.OPERATOR, Optional.of("bo"), Optional.empty())
            .token();
    users.setRole(room.call(), "bo", Role.VIEWER);
    assertThat(room.door.token(token))
        .isEqualTo(new Outcome.Known(new Principal("bo/ci", Role.VIEWER)));
    users.removeUser(room.call(), "bo");
    assertThat(code(token)).isEqualTo("LADANG-SECURITY-001");
  }

  @Test
  void theLastUseIsShownAndSurvivesARestart() {
    NewToken token = token("ci", Role.VIEWER);
    assertThat(lastUsed("ci")).isEmpty();
    room.clock.pass(Duration.ofHours(3));
    room.door.token(token.token());
    assertThat(lastUsed("ci")).contains(room.clock.now());
    room = room.restarted("2");
    actions = new TokenActions(room.desk);
    assertThat(lastUsed("ci")).contains(room.clock.now());
  }

  @Test
  void twoTokensOfAnOwnerCannotHaveOneName() {
    token("ci", Role.VIEWER);
    assertCode(() -> token("ci", Role.VIEWER), "LADANG-SECURITY-021");
    assertCode(() -> token("no spaces", Role.VIEWER), "LADANG-SECURITY-022");
    assertCode(
        () ->
            actions.createToken(
                room.call(), "x", Role.VIEWER, Optional.empty(), Optional.of(Duration.ZERO)),
        "LADANG-SECURITY-022");
    assertCode(
        () ->
            actions.createToken(
                room.call(), "x", Role.VIEWER, Optional.of("nobody"), Optional.empty()),
        "LADANG-SECURITY-014");
  }

  @Test
  void tokensThatExpiredLongAgoAreForgotten() {
    token("ci", Role.VIEWER);
    room.clock.pass(Duration.ofDays(119));
    room.desk.tidy();
    assertThat(room.desk.tokens().all()).hasSize(2);
    room.clock.pass(Duration.ofDays(2));
    room.desk.tidy();
    assertThat(room.desk.tokens().all()).isEmpty();
  }

  private NewToken token(String name, Role role) {
    return actions.createToken(room.call(), name, role, Optional.empty(), Optional.empty());
  }

  private Optional<java.time.Instant> lastUsed(String name) {
    return actions.tokens().stream()
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow()
        .lastUsed();
  }

  private String code(String token) {
    return room.door.token(token) instanceof Outcome.Unknown u ? u.code() : "known";
  }
}
