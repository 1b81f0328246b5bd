package org.ladang.security.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Guard;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;

class GuardTest {
  private final Guard guard = new RoleGuard();

  @Test
  void eachRoleMayWhatItIncludesThroughEveryDoor() {
    for (String door : new String[] {"shell", "rest", "console", "local"}) {
      for (Role has : Role.values()) {
        for (Role needed : Role.values()) {
          assertThat(
                  guard.check(context(has, door), action("bots:create_bot", needed, Effect.READ)))
              .isInstanceOf(
                  has.compareTo(needed) >= 0
                      ? Guard.Verdict.Allowed.class
                      : Guard.Verdict.Denied.class);
        }
      }
    }
  }

  @Test
  void aRefusalSaysWhatIsNeededAndWhatTheCallerHas() {
    assertThat(
            guard.check(
                context(Role.VIEWER, "rest"),
                action("bots:create_bot", Role.OPERATOR, Effect.CHANGE)))
        .isEqualTo(
            new Guard.Verdict.Denied(
                "bots:create_bot needs the role operator, and bo has the role viewer."));
  }

  static CallContext context(Role role, String door) {
    return CallContext.of(
        new Principal("bo", role), door, "trace-7", Instant.parse("2026-01-02T00:00:00Z"));
  }

  static ActionInfo action(String id, Role role, Effect effect) {
    String[] words = id.split(":");
    return new ActionInfo(
        words[0],
        words[1],
        "Does it.",
        role,
        effect,
        false,
        Duration.ofSeconds(10),
        "",
        Map.of(),
        Map.of(),
        "test");
  }
}
