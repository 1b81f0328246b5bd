package org.ladang.kernel.provider.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.provider.action.BoundAction;
import org.ladang.kernel.provider.proxy.ServiceBroker;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Staged;
import org.ladang.kernel.swap.Trial;

/** A bundle on trial. */
final class StagedBundle implements Staged {
  private final Resident.Occupant occupant;
  private final ServiceBroker broker;
  private final Duration deadline;

  StagedBundle(Resident.Occupant occupant, ServiceBroker broker, Duration deadline) {
    this.occupant = occupant;
    this.broker = broker;
    this.deadline = deadline;
  }

  /**
   * Asks a trial on a thread of its own.
   *
   * @throws LadangException when it refuses, fails or does not answer in time
   */
  void stand(Trial trial) {
    try {
      Asked.under(
          deadline,
          "ladang-trial-" + occupant.entry().symbolicName(),
          () -> {
            trial.judge(this);
            return null;
          });
    } catch (TimeoutException e) {
      throw new LadangException(
              "LADANG-SWAP-019",
              who() + " was checked for " + Prover.seconds(deadline) + " without an answer.")
          .next("Its health check or smoke action must answer sooner.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LadangException("LADANG-SWAP-009", who() + " was not waited for.", e);
    } catch (ExecutionException e) {
      throw typed(e.getCause());
    }
  }

  private LadangException typed(Throwable cause) {
    return cause instanceof LadangException known
        ? known
        : new LadangException("LADANG-SWAP-020", who() + " could not be checked: " + cause, cause)
            .next("The trace says where its check failed.");
  }

  private String who() {
    return occupant.passport().name() + " " + occupant.passport().version();
  }

  @Override
  public Passport passport() {
    return occupant.passport();
  }

  @Override
  public <T> List<T> services(Class<T> type) {
    return broker.raw(occupant.bundle()).stream()
        .map(raw -> raw.service())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  @Override
  public Object call(String action, Map<String, Object> arguments) {
    BoundAction bound =
        broker.raw(occupant.bundle()).stream()
            .map(raw -> raw.attachment())
            .filter(Map.class::isInstance)
            .map(actions -> ((Map<?, ?>) actions).get(action))
            .filter(BoundAction.class::isInstance)
            .map(BoundAction.class::cast)
            .findFirst()
            .orElseThrow(
                () ->
                    new LadangException(
                            "LADANG-SWAP-021",
                            who() + " has no action " + action + ", which is to check it.")
                        .next("Name one of its actions as smoke, without its first word."));
    CallContext context =
        CallContext.of(Principal.SYSTEM, "local", "trial", Instant.now().plus(deadline));
    try {
      Object result = bound.invoke(context, arguments);
      return result instanceof CompletionStage<?> stage
          ? stage.toCompletableFuture().get(deadline.toNanos(), TimeUnit.NANOSECONDS)
          : result;
    } catch (LadangException | Error e) {
      throw e;
    } catch (Throwable e) { // What an action throws is its own affair; here it is a verdict.
      Throwable cause =
          (e instanceof ExecutionException || e instanceof CompletionException)
                  && e.getCause() != null
              ? e.getCause()
              : e;
      throw new LadangException(
              "LADANG-SWAP-022",
              who() + " is not taken: its own check " + action + " failed with " + cause + ".",
              cause)
          .next("Mend it and drop it again.");
    }
  }
}
