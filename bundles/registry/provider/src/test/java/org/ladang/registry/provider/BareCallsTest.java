package org.ladang.registry.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.CallPolicy;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.Principal;

class BareCallsTest {
  private static final CallContext CONTEXT =
      CallContext.of(Principal.SYSTEM, "shell", "t", Instant.MAX);

  private final List<String> told = new ArrayList<>();
  private final BareCalls calls = new BareCalls(new Successor());

  @Test
  void withoutAPolicyTheyAreCalledAsTheyAre() {
    assertThat(depth(CompletableFuture.completedFuture(9)).join()).isEqualTo(9);
  }

  @Test
  void thePolicyIsToldHowEachEndedInTheGatesWords() {
    calls.policy(new Told(false));
    depth(CompletableFuture.completedFuture(9)).join();
    depth(CompletableFuture.failedFuture(new LadangException("LADANG-REGISTRY-011", "It threw.")));
    depth(CompletableFuture.failedFuture(new LadangException("LADANG-REGISTRY-010", "Late.")));
    depth(CompletableFuture.failedFuture(new LadangException("WELLS-001", "No such well.")));
    assertThat(told).containsExactly("7 ", "7 LADANG-GATE-006", "7 LADANG-GATE-004", "7 WELLS-001");
  }

  @Test
  void theSuccessorAnswersForOneWhoseBreakerIsOpen() {
    calls.policy(new Told(true));
    assertThat(depth(new CompletableFuture<>()).join()).isEqualTo("wells:depth through stand-in");
  }

  @Test
  void whatFailsForTheProxysSakeIsCalledNevertheless() {
    calls.policy(
        new Told(false) {
          @Override
          public long admit(CallContext context, ActionInfo action) {
            throw new LadangException("LADANG-PROXY-001", "Nobody is there.");
          }
        });
    assertThat(depth(CompletableFuture.completedFuture(9)).join()).isEqualTo(9);
  }

  @Test
  void aPolicyThatWentIsAskedNoMore() {
    CallPolicy policy = new Told(true);
    calls.policy(policy);
    calls.gone(policy);
    assertThat(depth(CompletableFuture.completedFuture(9)).join()).isEqualTo(9);
  }

  private CompletableFuture<Object> depth(CompletionStage<Object> answer) {
    return calls
        .call(CONTEXT, "wells-legacy", "depth", Map.of(), () -> answer)
        .toCompletableFuture();
  }

  private class Told implements CallPolicy {
    private final boolean open;

    Told(boolean open) {
      this.open = open;
    }

    @Override
    public long admit(CallContext context, ActionInfo action) {
      if (open) {
        throw new LadangException("LADANG-BREAKER-003", "It is open.");
      }
      return 7;
    }

    @Override
    public void ended(
        CallContext context, ActionInfo action, long permit, String code, long nanos) {
      told.add(permit + " " + code);
    }

    @Override
    public Optional<StandIn> standIn(
        CallContext context,
        ActionInfo action,
        Map<String, Object> arguments,
        LadangException failure,
        boolean begun) {
      assertThat(action.timeout()).isPositive().isLessThan(Duration.ofMinutes(1));
      return Optional.of(new StandIn.Other("wells", "wells:depth", arguments));
    }
  }

  private static final class Successor implements Gate {
    @Override
    public Object call(CallContext context, String action, Map<String, Object> arguments) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Object> submit(
        CallContext context, String action, Map<String, Object> arguments) {
      return CompletableFuture.completedFuture(action + " through " + context.door());
    }
  }
}
