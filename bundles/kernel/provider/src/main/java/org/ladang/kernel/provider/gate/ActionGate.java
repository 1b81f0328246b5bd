package org.ladang.kernel.provider.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.Meters;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Answer;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.CallObserver;
import org.ladang.kernel.action.CallPolicy;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.GateCheck;
import org.ladang.kernel.provider.proxy.ProxyHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one gate. */
public final class ActionGate implements Gate {
  private static final Logger LOG = LoggerFactory.getLogger(ActionGate.class);
  // Doors answer shortly after the deadline even when an action ignores its interrupt.
  private static final long DOOR_SLACK_MILLIS = 100;

  private final Catalog catalog;
  private final Permission permission;
  private final Spi<GateCheck> checks;
  private final Policing policing;
  private final Spi<CallObserver> observers;
  private final Targets targets;
  private final Watchdog watchdog;
  private final GateThreads threads;
  private final Clock clock;
  private final Meters meters;

  public ActionGate(
      Catalog catalog,
      Permission permission,
      Spi<GateCheck> checks,
      Policing policing,
      Spi<CallObserver> observers,
      Targets targets,
      GateThreads threads,
      Clock clock,
      Meters meters) {
    this.catalog = catalog;
    this.permission = permission;
    this.checks = checks;
    this.policing = policing;
    this.observers = observers;
    this.targets = targets;
    this.watchdog = threads.watchdog();
    this.threads = threads;
    this.clock = clock;
    this.meters = meters;
  }

  @Override
  public Object call(CallContext context, String action, Map<String, Object> arguments) {
    Catalog.Listed listed = known(action);
    Running running = new Running(context, listed.info(), clock.now(), System.nanoTime());
    try {
      Object result = begin(running, listed, arguments);
      if (result instanceof CompletionStage<?> stage) {
        result = await(running, stage);
      }
      ended(running, "");
      return result;
    } catch (RuntimeException | Error e) {
      LadangException failure = failed(running, e);
      Optional<CallPolicy.StandIn> standIn = standIn(running, arguments, failure);
      if (standIn.isEmpty()) {
        throw failure;
      }
      CompletableFuture<Object> answer = new CompletableFuture<>();
      instead(running, standIn.get(), failure, answer);
      try {
        return ((Answer) await(running, answer)).value();
      } catch (CompletionException stoodInVain) {
        throw failure;
      }
    }
  }

  @Override
  public CompletionStage<Object> submit(
      CallContext context, String action, Map<String, Object> arguments) {
    return begin(context, action, arguments)
        .thenApply(value -> value instanceof Answer other ? other.value() : value);
  }

  @Override
  public CompletionStage<Answer> ask(
      CallContext context, String action, Map<String, Object> arguments) {
    return begin(context, action, arguments)
        .thenApply(value -> value instanceof Answer other ? other : Answer.own(value));
  }

  /** Begins a call on a thread of the gate; what did not come from the action itself is an {@link Answer}. */
  private CompletableFuture<Object> begin(
      CallContext context, String action, Map<String, Object> arguments) {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    Catalog.Listed listed;
    try {
      listed = known(action);
    } catch (LadangException e) {
      return CompletableFuture.failedFuture(e);
    }
    Running running = new Running(context, listed.info(), clock.now(), System.nanoTime());
    try {
      threads.execute(() -> run(running, listed, arguments, answer));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(failed(running, busy(action)));
    }
    long millis = running.until().toEpochMilli() - clock.now().toEpochMilli() + DOOR_SLACK_MILLIS;
    threads.later(
        Math.max(millis, 1), answer, () -> answer.completeExceptionally(late(running.action())));
    return answer;
  }

  private void run(
      Running running,
      Catalog.Listed listed,
      Map<String, Object> arguments,
      CompletableFuture<Object> answer) {
    try {
      Object result = begin(running, listed, arguments);
      if (result instanceof CompletionStage<?> stage) {
        stage.whenComplete((value, e) -> complete(running, arguments, answer, value, e));
      } else {
        complete(running, arguments, answer, result, null);
      }
    } catch (RuntimeException | Error e) {
      complete(running, arguments, answer, null, e);
    }
  }

  private void complete(
      Running running,
      Map<String, Object> arguments,
      CompletableFuture<Object> answer,
      Object value,
      Throwable e) {
    if (e == null) {
      ended(running, "");
      answer.complete(value);
      return;
    }
    LadangException failure = failed(running, e);
    Optional<CallPolicy.StandIn> standIn = standIn(running, arguments, failure);
    if (standIn.isEmpty()) {
      answer.completeExceptionally(failure);
    } else {
      instead(running, standIn.get(), failure, answer);
    }
  }

  private Optional<CallPolicy.StandIn> standIn(
      Running running, Map<String, Object> arguments, LadangException failure) {
    return running.policed.policy() == null
        ? Optional.empty()
        : policing.standIn(running.policed, running.context, running.action, arguments, failure);
  }

  /** Lets something else answer; where it cannot, the first failure is the answer. */
  private void instead(
      Running running,
      CallPolicy.StandIn standIn,
      LadangException failure,
      CompletableFuture<Object> answer) {
    if (standIn instanceof CallPolicy.StandIn.Degraded degraded) {
      answer.complete(new Answer(degraded.value(), degraded.name(), failure.getMessage()));
      return;
    }
    CallPolicy.StandIn.Other other = (CallPolicy.StandIn.Other) standIn;
    Optional<Catalog.Listed> listed = catalog.listed(other.action());
    if (listed.isEmpty()) {
      answer.completeExceptionally(failure);
      return;
    }
    CallContext context = running.context.before(running.until());
    Running second = new Running(context, listed.get().info(), clock.now(), System.nanoTime());
    second.policed = Policing.Policed.SECOND;
    CompletableFuture<Object> its = new CompletableFuture<>();
    its.whenComplete(
        (value, e) -> {
          if (e == null) {
            answer.complete(new Answer(value, other.name(), failure.getMessage()));
          } else {
            answer.completeExceptionally(failure);
          }
        });
    run(second, listed.get(), other.arguments(), its);
  }

  /** Everything up to and including the target's method; the result may still be a stage. */
  private Object begin(Running running, Catalog.Listed listed, Map<String, Object> arguments) {
    ActionInfo action = running.action();
    permission.check(running.context(), action);
    for (GateCheck check : checks.all()) {
      // A room that is gone must not take with it what only reads: somebody wants to see what is
      // wrong.
      if (action.effect() != Effect.READ || !ProxyHandler.vacant(check)) {
        check.check(running.context(), action);
      }
    }
    Duration left = Duration.between(clock.now(), running.until());
    if (left.isNegative() || left.isZero()) {
      throw late(action);
    }
    if (listed.plugin()) {
      running.policed = policing.asked(running.policed);
      running.policed = policing.admit(running.policed, running.context(), action);
    }
    long deadline = System.nanoTime() + left.toNanos();
    Targets.Entered entered = targets.enter(listed, left.toNanos());
    Watchdog.Watch watch = watchdog.begin(deadline);
    running.policed = running.policed.begun();
    Object result = null;
    boolean late = false;
    Throwable failure = null;
    try {
      result = entered.action().invoke(running.context().before(running.until()), arguments);
    } catch (Throwable e) { // What an action throws is its own affair; it becomes a typed failure.
      failure = e;
    } finally {
      late = watch.end();
      if (result instanceof CompletionStage<?> stage) {
        entered.leaveWhenDone(stage);
      } else {
        entered.leave();
      }
    }
    if (late && (failure != null || result == null)) {
      throw late(action);
    }
    if (failure != null) {
      throw typed(action, failure);
    }
    return result;
  }

  private Object await(Running running, CompletionStage<?> stage) {
    long millis = Math.max(0, Duration.between(clock.now(), running.until()).toMillis());
    try {
      return stage.toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw late(running.action());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw late(running.action());
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }

  private Catalog.Listed known(String id) {
    Optional<Catalog.Listed> listed = catalog.listed(id);
    if (listed.isPresent()) {
      return listed.get();
    }
    List<String> near =
        catalog.actions().stream()
            .map(ActionInfo::id)
            .sorted(Comparator.comparingInt(other -> Distance.between(id, other)))
            .filter(other -> Distance.between(id, other) <= Math.max(2, id.length() / 3))
            .limit(3)
            .toList();
    LadangException unknown =
        new LadangException("LADANG-GATE-001", "There is no action " + id + ".").with("action", id);
    throw near.isEmpty()
        ? unknown.next("`help` lists the actions.")
        : unknown.next("Did you mean " + String.join(", ", near) + "?");
  }

  private LadangException failed(Running running, Throwable e) {
    LadangException failure = typed(running.action(), e);
    ended(running, failure.code());
    return failure;
  }

  private static LadangException typed(ActionInfo action, Throwable e) {
    Throwable cause = e;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof LadangException known) {
      return known;
    }
    if (cause instanceof CancellationException) {
      return new LadangException("LADANG-GATE-006", action.id() + " was cancelled.", cause);
    }
    String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return new LadangException(
            "LADANG-GATE-006",
            action.id() + " failed with " + cause.getClass().getSimpleName() + message + ".",
            cause)
        .next("The stack trace is in the log.")
        .with("exception", cause.getClass().getName());
  }

  private void ended(Running running, String code) {
    long nanos = System.nanoTime() - running.began();
    policing.ended(running.policed, running.context(), running.action(), code, nanos);
    meters.timer("gate." + running.action().id()).record(nanos);
    if (!code.isEmpty()) {
      meters.counter("gate.errors." + running.action().id()).increment();
    }
    for (CallObserver observer : observers.all()) {
      try {
        observer.ended(
            new CallObserver.Call(running.context(), running.action(), running.at(), nanos, code));
      } catch (RuntimeException e) {
        LOG.warn("an observer of calls failed", e);
      }
    }
  }

  private LadangException busy(String action) {
    return new LadangException(
            "LADANG-GATE-008",
            "There are " + threads.busy() + " calls under way; " + action + " was not begun.")
        .next("Try again in a moment.");
  }

  private static LadangException late(ActionInfo action) {
    return new LadangException(
            "LADANG-GATE-004", "The deadline passed before " + action.id() + " had answered.")
        .next("It may still have done its work; look before you repeat it.")
        .with("action", action.id());
  }

  /** A call that is under way; passed from thread to thread by what begins and ends it. */
  private static final class Running {
    private final CallContext context;
    private final ActionInfo action;
    private final Instant at;
    private final long began;
    private Policing.Policed policed = Policing.Policed.NOT;

    Running(CallContext context, ActionInfo action, Instant at, long began) {
      this.context = context;
      this.action = action;
      this.at = at;
      this.began = began;
    }

    CallContext context() {
      return context;
    }

    ActionInfo action() {
      return action;
    }

    Instant at() {
      return at;
    }

    long began() {
      return began;
    }

    Instant until() {
      Instant own = at.plus(action.timeout());
      return own.isBefore(context.deadline()) ? own : context.deadline();
    }
  }
}
