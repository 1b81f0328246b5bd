package org.ladang.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.itests.field.BundleBuilder;
import org.ladang.itests.field.Field;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Answer;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.CallPolicy;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;

/** The gate asks a policy around the calls of plugins, and lets something else answer where it says so. */
class CallPolicyIT {
  @TempDir Path temp;
  private Field field;
  private Gate gate;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile RuntimeException refusal;
  private volatile CallPolicy.StandIn standIn;

  @BeforeEach
  void start() throws Exception {
    field = Field.start(temp.resolve("home"));
    for (String name : new String[] {"mill", "store"}) {
      field.live(plugin(name));
    }
    gate = field.service(Gate.class);
    field.context().registerService(CallPolicy.class, new Told(), null);
  }

  @AfterEach
  void stop() throws Exception {
    field.close();
  }

  @Test
  void itIsAskedBeforeAndToldAfterEachCallWithItsPermit() {
    assertThat(call("mill:grind", "grain")).isEqualTo("mill: grain");
    assertThatThrownBy(() -> call("mill:grind", "stone")).isInstanceOf(LadangException.class);
    assertThat(told).containsExactly("41 mill:grind ", "41 mill:grind LADANG-GATE-006");
  }

  @Test
  void anotherActionAnswersForOneThatIsRefusedAndTheAnswerSaysSo() {
    refusal = new LadangException("TEST-001", "The mill is to be left alone.");
    standIn = new CallPolicy.StandIn.Other("store", "store:grind", Map.of("what", "rye"));
    Answer answer =
        gate.ask(context(), "mill:grind", Map.of("what", "grain")).toCompletableFuture().join();
    assertThat(answer.servedBy()).isEqualTo("store");
    assertThat(answer.value()).isEqualTo("store: rye");
    assertThat(answer.reason()).isEqualTo("The mill is to be left alone.");
    assertThat(call("mill:grind", "grain")).isEqualTo("store: rye");
  }

  @Test
  void aStandInThatFailsLeavesTheFirstFailureAndHasNoStandInOfItsOwn() {
    standIn = new CallPolicy.StandIn.Other("store", "store:grind", Map.of("what", "stone"));
    assertThatThrownBy(() -> call("mill:grind", "stone"))
        .isInstanceOf(LadangException.class)
        .hasMessageContaining("mill:grind failed");
    assertThat(told)
        .containsExactly("41 mill:grind LADANG-GATE-006", "41 store:grind LADANG-GATE-006");
  }

  @Test
  void anAnswerThatWasSetBeforehandIsTheAnswer() {
    standIn = new CallPolicy.StandIn.Degraded("degraded", List.of(1, 2));
    assertThat(
            gate.ask(context(), "mill:grind", Map.of("what", "stone")).toCompletableFuture().join())
        .satisfies(answer -> assertThat(answer.value()).isEqualTo(List.of(1, 2)))
        .satisfies(answer -> assertThat(answer.servedBy()).isEqualTo("degraded"));
  }

  @Test
  void aPolicyThatFailsItselfTakesNothingDown() {
    refusal = new IllegalStateException("the policy is broken");
    assertThat(call("mill:grind", "grain")).isEqualTo("mill: grain");
    assertThat(told).isEmpty();
  }

  @Test
  void aCallThatNeverEndsIsToldOfAtItsDeadlineAndOnlyOnce() {
    assertThatThrownBy(
            () -> gate.submit(context(), "mill:wait", Map.of()).toCompletableFuture().join())
        .hasRootCauseInstanceOf(LadangException.class);
    Awaitility.await()
        .untilAsserted(() -> assertThat(told).containsExactly("41 mill:wait LADANG-GATE-004"));
    call("mill:grind", "end");
    assertThat(told).containsExactly("41 mill:wait LADANG-GATE-004", "41 mill:grind ");
  }

  @Test
  void theKernelsOwnActionsHaveNoPolicy() {
    refusal = new LadangException("TEST-001", "Nothing may be called.");
    assertThat(gate.call(context(), "ladang:status", Map.of())).isNotNull();
  }

  private Object call(String action, String what) {
    return gate.call(context(), action, Map.of("what", what));
  }

  private static CallContext context() {
    return CallContext.of(
        new Principal("itest", Role.ADMIN), "local", "t", Instant.now().plusSeconds(10));
  }

  private Path plugin(String name) throws Exception {
    return BundleBuilder.bundle("itest." + name)
        .source(
            "itest." + name + ".Mill",
            """
            package itest.%1$s;
            import java.util.concurrent.CompletableFuture;
            import java.util.concurrent.CompletionStage;
            import org.ladang.kernel.LadangPlugin;
            import org.ladang.kernel.action.*;
            import org.osgi.service.component.annotations.*;
            @LadangPlugin(name = "%1$s")
            @Component(service = ActionSource.class)
            public final class Mill implements ActionSource {
              private final CompletableFuture<String> never = new CompletableFuture<>();

              @Action(description = "Waits.", role = Role.VIEWER, timeout = "200ms", name = "wait")
              public CompletionStage<String> waiting() { return never; }

              @Action(description = "Grinds.", role = Role.VIEWER)
              public String grind(@Arg("What.") String what) {
                if (what.equals("end")) {
                  never.complete("at last");
                }
                if (what.equals("stone")) {
                  throw new IllegalStateException("too hard");
                }
                return "%1$s: " + what;
              }
            }
            """
                .formatted(name))
        .build(temp);
  }

  /** Refuses the mill only. */
  private final class Told implements CallPolicy {
    @Override
    public long admit(CallContext context, ActionInfo action) {
      if (refusal != null && action.owner().equals("mill")) {
        throw refusal;
      }
      return 41;
    }

    @Override
    public void ended(
        CallContext context, ActionInfo action, long permit, String code, long nanos) {
      told.add(permit + " " + action.id() + " " + code);
    }

    @Override
    public Optional<StandIn> standIn(
        CallContext context,
        ActionInfo action,
        Map<String, Object> arguments,
        LadangException failure,
        boolean begun) {
      return Optional.ofNullable(standIn);
    }
  }
}
