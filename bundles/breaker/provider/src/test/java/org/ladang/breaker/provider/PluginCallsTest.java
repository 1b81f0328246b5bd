package org.ladang.breaker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ladang.breaker.provider.PluginCalls.Meaning;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallPolicy.StandIn;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;

class PluginCallsTest {
  private static final ActionInfo DEPTH = action("wells", "depth", Effect.READ, false);
  private static final ActionInfo DIG = action("wells", "dig", Effect.CHANGE, false);
  private static final ActionInfo FILL = action("wells", "fill", Effect.CHANGE, true);
  private static final Map<String, Object> NORTH = Map.of("well", "north");

  @Test
  void sentencesAreAnswersAndOnlyWhatIsNoSentenceIsAFailure() {
    PluginCalls calls = calls(Map.of(), Map.of());
    assertThat(calls.meaning(DEPTH, "", 1)).isEqualTo(Meaning.FINE);
    assertThat(calls.meaning(DEPTH, "WELLS-001", 1)).isEqualTo(Meaning.FINE);
    assertThat(calls.meaning(DEPTH, "LADANG-GATE-002", 1)).isEqualTo(Meaning.FINE);
    assertThat(calls.meaning(DEPTH, "LADANG-GATE-006", 1)).isEqualTo(Meaning.FAILED);
    assertThat(calls.meaning(DEPTH, "WELLS-009", 1)).isEqualTo(Meaning.FAILED);
  }

  @Test
  void aCallerInAHurryAndAPluginThatWasStoppedSayNothingOfItsHealth() {
    PluginCalls calls = calls(Map.of(), Map.of());
    long all = DEPTH.timeout().toNanos();
    assertThat(calls.meaning(DEPTH, "LADANG-GATE-004", all - 1)).isEqualTo(Meaning.NOTHING);
    assertThat(calls.meaning(DEPTH, "LADANG-GATE-004", all)).isEqualTo(Meaning.FAILED);
    assertThat(calls.meaning(DEPTH, "LADANG-GATE-005", all)).isEqualTo(Meaning.NOTHING);
  }

  @Test
  void whatWasBegunIsDoneByAnotherOnlyWhereItMayBeDoneTwice() {
    PluginCalls calls = calls(Map.of("wells", "springs"), Map.of());
    StandIn springs = new StandIn.Other("springs", "springs:depth", NORTH);
    assertThat(calls.standIn(DEPTH, NORTH, "LADANG-GATE-006", true)).contains(springs);
    assertThat(calls.standIn(DIG, NORTH, "LADANG-GATE-006", true)).isEmpty();
    assertThat(calls.standIn(DIG, NORTH, "LADANG-BREAKER-003", false)).isPresent();
    assertThat(calls.standIn(FILL, NORTH, "LADANG-GATE-006", true)).isPresent();
    assertThat(calls.standIn(DEPTH, NORTH, "WELLS-001", true)).isEmpty();
  }

  @Test
  void aLegacyPluginAndItsSuccessorStandInForEachOther() {
    PluginCalls calls = calls(Map.of(), Map.of());
    assertThat(calls.standIn(DEPTH, NORTH, "LADANG-BREAKER-003", false))
        .contains(new StandIn.Other("wells-legacy", "wells-legacy:depth", NORTH));
    assertThat(
            calls.standIn(
                action("wells-legacy", "depth", Effect.READ, false),
                NORTH,
                "LADANG-BREAKER-003",
                false))
        .contains(new StandIn.Other("wells", "wells:depth", NORTH));
  }

  @Test
  void whereNobodyCanAnswerTheDegradedAnswerDoes() {
    PluginCalls calls = calls(Map.of("wells", "nobody"), Map.of("wells:depth", 0));
    assertThat(calls.standIn(DEPTH, NORTH, "LADANG-GATE-006", true))
        .contains(new StandIn.Degraded("degraded", 0));
    assertThat(calls.standIn(FILL, NORTH, "LADANG-GATE-006", true)).isEmpty();
  }

  private static PluginCalls calls(Map<String, String> fallbacks, Map<String, Object> degraded) {
    List<ActionInfo> all =
        List.of(
            DEPTH,
            DIG,
            FILL,
            action("springs", "depth", Effect.READ, false),
            action("springs", "dig", Effect.CHANGE, false),
            action("springs", "fill", Effect.CHANGE, true),
            action("wells-legacy", "depth", Effect.READ, false));
    ActionCatalog catalog =
        new ActionCatalog() {
          @Override
          public List<ActionInfo> actions() {
            return all;
          }

          @Override
          public Optional<ActionInfo> find(String id) {
            return all.stream().filter(action -> action.id().equals(id)).findFirst();
          }

          @Override
          public long revision() {
            return 1;
          }
        };
    return new PluginCalls(
        new PluginCalls.Settings(
            true, Sample.inARow(5, 2, 2), List.of("WELLS-009"), fallbacks, degraded),
        catalog,
        name -> Optional.empty());
  }

  private static ActionInfo action(String owner, String name, Effect effect, boolean idempotent) {
    return new ActionInfo(
        owner,
        name,
        "Does it.",
        Role.VIEWER,
        effect,
        idempotent,
        Duration.ofSeconds(10),
        owner,
        Map.of(),
        Map.of(),
        "org.example." + owner);
  }
}
