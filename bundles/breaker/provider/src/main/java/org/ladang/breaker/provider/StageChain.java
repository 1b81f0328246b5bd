package org.ladang.breaker.provider;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.ladang.breaker.Degradation;
import org.ladang.breaker.Fallback;
import org.ladang.breaker.Request;
import org.ladang.breaker.Served;
import org.ladang.breaker.Way;

/** A policy at work on one call that answers later. */
final class StageChain<T> {
  private static final long NEVER = Long.MAX_VALUE;

  private final Chain chain;
  private final Request<CompletionStage<T>> request;
  private final long until;
  private final CompletableFuture<Served<T>> answer = new CompletableFuture<>();
  private Throwable first;

  private StageChain(Chain chain, Request<CompletionStage<T>> request) {
    this.chain = chain;
    this.request = request;
    this.until = chain.parts.reading(request.until());
  }

  static <T> CompletionStage<Served<T>> submit(Chain chain, Request<CompletionStage<T>> request) {
    StageChain<T> stages = new StageChain<>(chain, request);
    chain.ring.now().calls.increment();
    chain.budget.called();
    stages.attempt(1);
    return stages.answer;
  }

  private void attempt(int number) {
    long permit;
    try {
      permit = chain.admit(until);
    } catch (RuntimeException e) {
      failed(number, e);
      return;
    }
    long begin = chain.parts.nanos().getAsLong();
    CompletionStage<T> stage;
    try {
      stage = request.primary().call();
    } catch (Throwable e) { // What begins the work may fail as the work itself does.
      chain.ended(permit, e, false, begin);
      failed(number, e);
      return;
    }
    AtomicBoolean over = new AtomicBoolean();
    long end = chain.end(begin, until);
    TimeLimits.Watch watch =
        end == NEVER
            ? null
            : chain
                .parts
                .limits()
                .begin(
                    end,
                    () -> {
                      if (over.compareAndSet(false, true)) {
                        cancel(stage);
                        Throwable late =
                            Refusals.late(chain.settings.name(), (end - begin) / 1_000_000);
                        chain.ended(permit, late, true, begin);
                        // Not here: a slow fallback would hold up everybody's limits.
                        chain
                            .parts
                            .scheduler()
                            .after(
                                Duration.ZERO, "ladang-breaker-late", () -> failed(number, late));
                      }
                    });
    // Whoever gives the answer up gives the work up.
    answer.whenComplete(
        (value, error) -> {
          if (answer.isCancelled() && !over.get()) {
            cancel(stage);
          }
        });
    stage.whenComplete(
        (value, error) -> {
          if (watch != null) {
            watch.end();
          }
          if (over.compareAndSet(false, true)) {
            Throwable bare = error == null ? null : Failures.bare(error);
            chain.ended(permit, bare, false, begin);
            if (bare == null) {
              succeeded(number, value);
            } else {
              failed(number, bare);
            }
          }
        });
  }

  private static void cancel(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().cancel(true);
    } catch (UnsupportedOperationException e) {
      return; // It cannot be cancelled; its result is not waited for.
    }
  }

  private void succeeded(int number, T value) {
    Throwable error = first;
    answer.complete(
        error == null
            ? new Served<>(value, Way.PRIMARY, Optional.empty())
            : new Served<>(value, new Way(Way.Kind.RETRY, number - 1, ""), Optional.of(error)));
  }

  private void failed(int number, Throwable error) {
    if (first == null) {
      first = error;
    }
    if (answer.isDone()) {
      return;
    }
    long pause = chain.pause(request.idempotent(), error, number, until);
    if (pause < 0) {
      fallback(0, number - 1);
    } else {
      chain
          .parts
          .scheduler()
          .after(Duration.ofNanos(pause), "ladang-breaker-retry", () -> attempt(number + 1));
    }
  }

  private void fallback(int index, int retries) {
    if (index >= request.fallbacks().size()) {
      degrade(retries);
      return;
    }
    Fallback<CompletionStage<T>> next = request.fallbacks().get(index);
    ask(next, Way.Kind.FALLBACK, retries, error -> fallback(index + 1, retries));
  }

  private void degrade(int retries) {
    Degradation degraded = chain.settings.degraded();
    Object value;
    String name;
    switch (degraded.kind()) {
      case SIMPLIFIED -> {
        if (request.simplified().isEmpty()) {
          answer.completeExceptionally(first);
        } else {
          ask(
              request.simplified().get(0),
              Way.Kind.DEGRADED,
              retries,
              error -> answer.completeExceptionally(first));
        }
        return;
      }
      case VALUE -> {
        value = degraded.value();
        name = "value";
      }
      case ACTION -> {
        try {
          value = chain.parts.actions().call(degraded.action(), request.until());
          name = degraded.action();
        } catch (RuntimeException e) {
          answer.completeExceptionally(first);
          return;
        }
      }
      default -> {
        answer.completeExceptionally(first);
        return;
      }
    }
    answer.complete(chain.served(Chain.<T>cast(value), Way.Kind.DEGRADED, retries, name, first));
  }

  private void ask(
      Fallback<CompletionStage<T>> other,
      Way.Kind kind,
      int retries,
      Consumer<Throwable> otherwise) {
    CompletionStage<T> stage;
    try {
      stage = other.answer().after(first);
    } catch (Exception e) {
      otherwise.accept(e);
      return;
    }
    stage.whenComplete(
        (value, error) -> {
          if (error == null) {
            answer.complete(chain.served(value, kind, retries, other.name(), first));
          } else {
            otherwise.accept(error);
          }
        });
  }
}
