package org.ladang.shell.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ladang.shell.provider.Bots.map;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;
import org.ladang.shell.Answer;
import org.ladang.shell.Answer.Exit;
import org.ladang.shell.Candidate;
import org.ladang.shell.Request;
import org.ladang.shell.Request.Consent;

class ActionShellTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Principal ADMIN = new Principal("ann", Role.ADMIN);
  private static final Principal VIEWER = new Principal("vic", Role.VIEWER);

  private final RecordingGate gate = new RecordingGate();
  private final ActionShell shell = new ActionShell(new Bots(), gate, new StandingClock());

  @Test
  void aCommandGoesThroughTheGateWithItsDeadlineAndDoor() {
    Answer answer = run(ADMIN, Consent.CANNOT_ASK, "bots:create_bot", "x", "weight=3");
    assertThat(answer).isEqualTo(new Answer(Exit.OK, "done"));
    Call call = gate.calls.get(0);
    assertThat(call.action).isEqualTo("bots:create_bot");
    assertThat(call.arguments).isEqualTo(Map.of("id", "x", "weight", "3"));
    assertThat(call.context.deadline()).isEqualTo(NOW.plusSeconds(10));
    assertThat(call.context.door()).isEqualTo("shell");
    assertThat(call.context.session()).isEqualTo("s-1");
    assertThat(call.context.traceId()).hasSize(16);
  }

  @Test
  void everyCallHasATraceOfItsOwn() {
    run(ADMIN, Consent.CANNOT_ASK, "bots:list");
    run(ADMIN, Consent.CANNOT_ASK, "bots:list");
    assertThat(gate.calls.get(0).context.traceId())
        .isNotEqualTo(gate.calls.get(1).context.traceId());
  }

  @Test
  void resultsAreTextForPeopleAndJsonForPrograms() {
    gate.result = CompletableFuture.completedFuture(List.of(map("id", "x")));
    assertThat(run(VIEWER, Consent.CANNOT_ASK, "bots:list").text()).isEqualTo("ID\nx");
    assertThat(run(VIEWER, Consent.CANNOT_ASK, "bots:list", "--json").text())
        .isEqualTo("[{\"id\":\"x\"}]");
  }

  @Test
  void somethingDangerousAsksOnceWhereSomebodyIsThere() {
    Request request = new Request(ADMIN, "s-1", List.of("bots:wipe"), false, 80, Consent.CAN_ASK);
    assertThat(shell.run(request))
        .isEqualTo(
            new Answer(Exit.CONFIRM, "bots:wipe may lose something: Removes all bots. Go on?"));
    assertThat(gate.calls).isEmpty();
    assertThat(shell.run(request.confirmed()).exit()).isEqualTo(Exit.OK);
    assertThat(gate.calls).hasSize(1);
  }

  @Test
  void somethingDangerousNeedsYesWhereNobodyIs() {
    Answer refused = run(ADMIN, Consent.CANNOT_ASK, "bots:wipe");
    assertThat(refused.exit()).isEqualTo(Exit.USAGE);
    assertThat(refused.text()).contains("Add --yes").contains("[LADANG-SHELL-007]");
    assertThat(gate.calls).isEmpty();
    assertThat(run(ADMIN, Consent.CANNOT_ASK, "bots:wipe", "--yes").ok()).isTrue();
  }

  @Test
  void anUnknownCommandSuggestsWhatWasMeant() {
    Answer answer = run(ADMIN, Consent.CANNOT_ASK, "bots:craete_bot");
    assertThat(answer)
        .isEqualTo(
            new Answer(
                Exit.USAGE,
                "There is no command \"bots:craete_bot\". Did you mean bots:create_bot? help lists"
                    + " all. [LADANG-SHELL-001]"));
    assertThat(run(ADMIN, Consent.CANNOT_ASK, "create_bot").text()).contains("bots:create_bot");
  }

  @Test
  void nobodyIsToldOfWhatTheyMayNotCall() {
    assertThat(run(VIEWER, Consent.CANNOT_ASK, "bots:wip").text()).doesNotContain("bots:wipe");
    assertThat(shell.help(VIEWER, Optional.empty())).contains("bots:list").doesNotContain("wipe");
    assertThat(values(shell.complete(VIEWER, "bots:", 5))).containsExactly("bots:list");
  }

  @Test
  void failuresEndWithTheCodeThatFits() {
    assertThat(exitOf("LADANG-GATE-002")).isEqualTo(Exit.USAGE);
    assertThat(exitOf("LADANG-GATE-003")).isEqualTo(Exit.FORBIDDEN);
    assertThat(exitOf("LADANG-GATE-004")).isEqualTo(Exit.DEADLINE);
    assertThat(exitOf("LADANG-GATE-007")).isEqualTo(Exit.FAILED);
    assertThat(exitOf("LADANG-BOTS-001")).isEqualTo(Exit.FAILED);
  }

  @Test
  void aFailureIsASentenceAndItsStackTraceOneFlagAway() {
    gate.result =
        CompletableFuture.failedFuture(
            new LadangException("LADANG-BOTS-001", "There is no bot x.").next("Create it."));
    String line = "There is no bot x. Create it. [LADANG-BOTS-001]";
    assertThat(run(ADMIN, Consent.CANNOT_ASK, "bots:list").text()).isEqualTo(line);
    assertThat(run(ADMIN, Consent.CANNOT_ASK, "bots:list", "--stack").text())
        .startsWith(line + "\n")
        .contains("\tat ");
    assertThat(run(ADMIN, Consent.CANNOT_ASK, "bots:list", "--json").text())
        .isEqualTo(
            "{\"code\":\"LADANG-BOTS-001\",\"sentence\":\"There is no bot x.\",\"next\":\"Create it.\"}");
  }

  @Test
  void whatTheGateDoesNotTranslateIsStillASentence() {
    gate.result = CompletableFuture.failedFuture(new IllegalStateException("odd"));
    assertThat(run(ADMIN, Consent.CANNOT_ASK, "bots:list"))
        .isEqualTo(
            new Answer(
                Exit.FAILED, "bots:list failed: IllegalStateException: odd. [LADANG-SHELL-006]"));
  }

  @Test
  void pluginExecIsAnotherWayToSayIt() {
    run(ADMIN, Consent.CANNOT_ASK, "plugin:exec", "bots", "create_bot", "id=x");
    assertThat(gate.calls.get(0).action).isEqualTo("bots:create_bot");
    assertThat(shell.knows("plugin:exec")).isTrue();
    assertThat(run(ADMIN, Consent.CANNOT_ASK, "plugin:exec", "bots").exit()).isEqualTo(Exit.USAGE);
  }

  @Test
  void helpExplainsAnActionFromItsSchema() {
    assertThat(run(ADMIN, Consent.CANNOT_ASK, "help", "bots:create_bot").text())
        .isEqualTo(
            """
            bots:create_bot: Creates a bot.

              who      operator, admin
              effect   changes something that can be changed back
              timeout  10 s

            ARGUMENT  TYPE           NEEDED  MEANING
            id        text           yes     Names it.
            category  choice         no      One of AI_ML, SECURITY.
            weight    whole number   no
            tags      list of text   no
            options   JSON object    no
            dryRun    true or false  no
            extra     any JSON       no

            For example: bots:create_bot id=…""");
    assertThat(run(ADMIN, Consent.CANNOT_ASK, "bots:create_bot", "--help").text())
        .startsWith("bots:create_bot: Creates a bot.");
  }

  @Test
  void helpOfAGroupListsItsActions() {
    assertThat(run(VIEWER, Consent.CANNOT_ASK, "bots").text()).isEqualTo("bots:list  Lists bots.");
    assertThat(run(VIEWER, Consent.CANNOT_ASK, "help", "bots").text())
        .isEqualTo("bots:list  Lists bots.");
    assertThat(run(VIEWER, Consent.CANNOT_ASK, "help", "cows").exit()).isEqualTo(Exit.USAGE);
  }

  @Test
  void completionKnowsArgumentsAndTheirValues() {
    assertThat(completed("bots:create_bot id=x ca")).containsExactly("category=");
    assertThat(completed("bots:create_bot category="))
        .containsExactly("category=AI_ML", "category=SECURITY");
    assertThat(completed("bots:create_bot --category S")).containsExactly("SECURITY");
    assertThat(completed("bots:create_bot --dry")).containsExactly("--dryRun");
    assertThat(completed("bots:create_bot --jso")).containsExactly("--json");
    assertThat(completed("help bots:w")).containsExactly("bots:wipe");
    assertThat(completed("he")).containsExactly("help");
  }

  @Test
  void whatIsGivenIsNotOfferedAgain() {
    assertThat(completed("bots:create_bot id=x ")).doesNotContain("id=").contains("category=");
  }

  private List<String> completed(String line) {
    return values(shell.complete(ADMIN, line, line.length()));
  }

  private static List<String> values(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::value).toList();
  }

  private Exit exitOf(String code) {
    gate.result = CompletableFuture.failedFuture(new LadangException(code, "No."));
    return run(ADMIN, Consent.CANNOT_ASK, "bots:list").exit();
  }

  private Answer run(Principal principal, Consent consent, String... words) {
    return shell.run(new Request(principal, "s-1", List.of(words), false, 80, consent));
  }

  private record Call(CallContext context, String action, Map<String, Object> arguments) {}

  private static final class RecordingGate implements Gate {
    private final List<Call> calls = new ArrayList<>();
    private CompletionStage<Object> result = CompletableFuture.completedFuture(null);

    @Override
    public Object call(CallContext context, String action, Map<String, Object> arguments) {
      throw new AssertionError("A door must not block in the gate.");
    }

    @Override
    public CompletionStage<Object> submit(
        CallContext context, String action, Map<String, Object> arguments) {
      calls.add(new Call(context, action, arguments));
      return result;
    }
  }

  private static final class StandingClock implements Clock {
    @Override
    public Instant now() {
      return NOW;
    }

    @Override
    public long nanos() {
      return 0;
    }
  }
}
