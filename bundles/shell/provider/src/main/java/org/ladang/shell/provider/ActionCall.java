package org.ladang.shell.provider;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Answer;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Gate;
import org.ladang.shell.Request;

/** Calls an action through the gate and waits for it. */
final class ActionCall {
  /** How long the gate may be late with the news that the deadline has passed. */
  private static final Duration LATE = Duration.ofSeconds(2);

  private final Gate gate;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  ActionCall(Gate gate, Clock clock) {
    this.gate = gate;
    this.clock = clock;
  }

  /**
   * The action's result, and who answered.
   *
   * @throws LadangException when it failed, was refused or did not end in time
   */
  Answer run(Request request, ActionInfo action, Map<String, Object> arguments) {
    CallContext context =
        new CallContext(
            request.principal(),
            clock.now().plus(action.timeout()),
            trace(),
            request.session(),
            "",
            "shell");
    CompletableFuture<Answer> result =
        gate.ask(context, action.id(), arguments).toCompletableFuture();
    try {
      return result.get(action.timeout().plus(LATE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(action, e.getCause());
    } catch (TimeoutException e) {
      throw new LadangException(
          "LADANG-GATE-004", action.id() + " did not end within its time.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LadangException(
          "LADANG-SHELL-006",
          "The shell stopped waiting for " + action.id() + "; it may still run.",
          e);
    }
  }

  private String trace() {
    byte[] id = new byte[8];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private static LadangException failure(ActionInfo action, Throwable cause) {
    Throwable root =
        cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
    return root instanceof LadangException known
        ? known
        : new LadangException(
            "LADANG-SHELL-006",
            action.id()
                + " failed: "
                + root.getClass().getSimpleName()
                + (root.getMessage() == null ? "" : ": " + root.getMessage())
                + ".",
            root);
  }
}
