package org.ladang.registry.provider;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.CallPolicy;
import org.ladang.kernel.action.CallPolicy.StandIn;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.Role;

/**
 * The policy of bare plugins, whose actions the gate does not know: they are called here as the gate calls the declared
 * ones. What a bare plugin does to the world is not declared; what it has begun is never given to another.
 */
final class BareCalls {
  // As the gate says them: a policy knows no others.
  private static final String LATE = "LADANG-GATE-004";
  private static final String THREW = "LADANG-GATE-006";

  private final Gate gate;
  private volatile CallPolicy policy;

  BareCalls(Gate gate) {
    this.gate = gate;
  }

  void policy(CallPolicy present) {
    policy = present;
  }

  void gone(CallPolicy former) {
    if (policy == former) {
      policy = null;
    }
  }

  /** Calls it under its policy, where there is one. */
  CompletionStage<Object> call(
      CallContext context,
      String plugin,
      String action,
      Map<String, Object> arguments,
      Supplier<CompletionStage<Object>> target) {
    CallPolicy present = policy;
    if (present == null) {
      return target.get();
    }
    ActionInfo info = info(plugin, action);
    long permit;
    try {
      permit = present.admit(context, info);
    } catch (LadangException e) {
      return e.code().startsWith("LADANG-PROXY-")
          ? target.get()
          : instead(present, context, info, arguments, e);
    }
    long began = System.nanoTime();
    return target
        .get()
        .whenComplete(
            (value, failure) ->
                present.ended(context, info, permit, code(failure), System.nanoTime() - began));
  }

  private CompletionStage<Object> instead(
      CallPolicy present,
      CallContext context,
      ActionInfo info,
      Map<String, Object> arguments,
      LadangException refused) {
    Optional<StandIn> standIn = present.standIn(context, info, arguments, refused, false);
    if (standIn.isEmpty()) {
      return CompletableFuture.failedFuture(refused);
    }
    if (standIn.get() instanceof StandIn.Degraded degraded) {
      return CompletableFuture.completedFuture(degraded.value());
    }
    StandIn.Other other = (StandIn.Other) standIn.get();
    CallContext second =
        new CallContext(
            context.principal(),
            context.deadline(),
            context.traceId(),
            context.session(),
            context.idempotencyKey(),
            CallPolicy.STAND_IN);
    return gate.submit(second, other.action(), other.arguments())
        .exceptionallyCompose(error -> CompletableFuture.failedFuture(refused));
  }

  private static String code(Throwable failure) {
    if (failure == null) {
      return "";
    }
    Throwable cause = failure.getCause() instanceof LadangException ? failure.getCause() : failure;
    String code = cause instanceof LadangException known ? known.code() : THREW;
    return switch (code) {
      case "LADANG-REGISTRY-010" -> LATE;
      case "LADANG-REGISTRY-011" -> THREW;
      default -> code;
    };
  }

  private static ActionInfo info(String plugin, String action) {
    return new ActionInfo(
        plugin,
        action,
        "",
        Role.OPERATOR,
        Effect.CHANGE,
        false,
        Duration.ofSeconds(10),
        plugin,
        Map.of(),
        Map.of(),
        plugin);
  }
}
