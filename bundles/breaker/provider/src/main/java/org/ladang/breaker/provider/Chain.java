package org.ladang.breaker.provider;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.ladang.breaker.Degradation;
import org.ladang.breaker.Fallback;
import org.ladang.breaker.PolicySettings;
import org.ladang.breaker.Request;
import org.ladang.breaker.Served;
import org.ladang.breaker.Way;
import org.ladang.breaker.provider.Failures.Meaning;
import org.ladang.kernel.LadangException;

/**
 * A policy at work on calls that answer at once. One method after the other instead of one decorator around the other:
 * the order is the same, and a call that succeeds allocates its answer and what the window takes, nothing else.
 */
final class Chain {
  private static final long NEVER = Long.MAX_VALUE;

  final PolicySettings settings;
  final Breaker breaker;
  final HourRing ring;
  final RetryBudget budget;
  final Limits limits;
  final Parts parts;
  private final long timeLimit;

  Chain(PolicySettings settings, Breaker breaker, HourRing ring, Parts parts) {
    this.settings = settings;
    this.breaker = breaker;
    this.ring = ring;
    this.parts = parts;
    this.budget = new RetryBudget(settings.retry(), parts.nanos());
    this.limits = new Limits(settings);
    this.timeLimit = settings.limits().timeLimit().toNanos();
  }

  <T> Served<T> execute(Request<T> request) throws Exception {
    long until = parts.reading(request.until());
    ring.now().calls.increment();
    budget.called();
    Throwable first = null;
    for (int attempt = 1; ; attempt++) {
      try {
        T result = once(request.primary(), until);
        return first == null
            ? new Served<>(result, Way.PRIMARY, Optional.empty())
            : new Served<>(result, new Way(Way.Kind.RETRY, attempt - 1, ""), Optional.of(first));
      } catch (
          Throwable error) { // Whatever it is: whoever asked wants an answer, or the error itself.
        first = first == null ? error : first;
        long pause = pause(request.idempotent(), error, attempt, until);
        if (pause < 0 || !paused(pause)) {
          return instead(request, first, attempt - 1);
        }
      }
    }
  }

  private boolean paused(long pause) {
    try {
      parts.pause().nanos(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** How long to wait for the next attempt; negative when there is none. Spends of the budget. */
  long pause(boolean idempotent, Throwable error, int attempt, long until) {
    if (!idempotent || attempt >= settings.retry().attempts() || !worthAnother(error)) {
      return -1;
    }
    long pause = Backoff.nanos(settings.retry(), attempt, parts.chance());
    if (until != NEVER && parts.nanos().getAsLong() + pause - until >= 0) {
      return -1;
    }
    if (!budget.spend()) {
      return -1;
    }
    ring.now().retries.increment();
    return pause;
  }

  private boolean worthAnother(Throwable error) {
    if (error instanceof Error) {
      return false;
    }
    if (error instanceof LadangException known) {
      switch (known.code()) {
        case Refusals.OPEN, "LADANG-BREAKER-007":
          return false;
        case "LADANG-BREAKER-004", "LADANG-BREAKER-005", "LADANG-BREAKER-006":
          return true;
        default:
      }
    }
    return Failures.of(error, settings.breaker().ignored()) == Meaning.FAILURE;
  }

  private <T> T once(Callable<T> call, long until) throws Exception {
    long permit = admit(until);
    long begin = parts.nanos().getAsLong();
    long end = end(begin, until);
    TimeLimits.Watch watch = end == NEVER ? null : parts.limits().begin(end);
    T result = null;
    Throwable error = null;
    boolean late = false;
    try {
      result = call.call();
    } catch (Throwable e) { // Counted below, then thrown as it is.
      error = e;
    } finally {
      late = watch != null && watch.end();
    }
    if (late) {
      error = Refusals.late(settings.name(), (end - begin) / 1_000_000);
    }
    ended(permit, error, late, begin);
    if (error == null) {
      return result;
    }
    throw Chain.<RuntimeException>thrown(error);
  }

  /** A permit and a place; what is thrown instead has taken neither. */
  long admit(long until) {
    if (until != NEVER && parts.nanos().getAsLong() - until >= 0) {
      throw Refusals.noTime(settings.name());
    }
    long permit = breaker.acquire();
    if (permit == Breaker.REFUSED) {
      ring.now().refused.increment();
      throw Refusals.open(settings.name(), breaker);
    }
    try {
      limits.enter();
    } catch (LadangException e) {
      breaker.release(permit);
      ring.now().refused.increment();
      throw e;
    }
    return permit;
  }

  /** When an attempt is over at the latest. */
  long end(long begin, long until) {
    return timeLimit == 0 ? until : Math.min(begin + timeLimit, until);
  }

  /** An attempt has ended. */
  void ended(long permit, Throwable error, boolean late, long begin) {
    long now = parts.nanos().getAsLong();
    long took = now - begin;
    Meaning meaning =
        error == null
            ? Meaning.ANSWER
            : late ? Meaning.FAILURE : Failures.of(error, settings.breaker().ignored());
    if (meaning == Meaning.NOTHING) {
      limits.leave();
      breaker.release(permit);
      return;
    }
    boolean failed = meaning == Meaning.FAILURE;
    limits.leave(failed, took);
    breaker.done(permit, failed, took);
    HourRing.Slot slot = ring.at(now);
    (failed ? slot.failed : slot.succeeded).increment();
    slot.took.add(took);
  }

  private <T> Served<T> instead(Request<T> request, Throwable first, int retries) throws Exception {
    for (Fallback<T> fallback : request.fallbacks()) {
      try {
        T result = fallback.answer().after(first);
        return served(result, Way.Kind.FALLBACK, retries, fallback.name(), first);
      } catch (Exception e) {
        continue; // The next one is asked; the first error is what the caller is told.
      }
    }
    Degradation degraded = settings.degraded();
    switch (degraded.kind()) {
      case VALUE:
        return served(Chain.<T>cast(degraded.value()), Way.Kind.DEGRADED, retries, "value", first);
      case ACTION:
        try {
          T result = cast(parts.actions().call(degraded.action(), request.until()));
          return served(result, Way.Kind.DEGRADED, retries, degraded.action(), first);
        } catch (RuntimeException e) {
          break;
        }
      case SIMPLIFIED:
        if (request.simplified().isEmpty()) {
          break;
        }
        try {
          Fallback<T> less = request.simplified().get(0);
          T result = less.answer().after(first);
          return served(result, Way.Kind.DEGRADED, retries, less.name(), first);
        } catch (Exception e) {
          break;
        }
      default:
    }
    throw Chain.<RuntimeException>thrown(first);
  }

  <T> Served<T> served(T result, Way.Kind kind, int retries, String name, Throwable first) {
    HourRing.Slot slot = ring.now();
    (kind == Way.Kind.FALLBACK ? slot.fallbacks : slot.degraded).increment();
    return new Served<>(result, new Way(kind, retries, name), Optional.of(first));
  }

  // A degraded answer is set beforehand for callers who know what they get.
  @SuppressWarnings("unchecked")
  static <T> T cast(Object value) {
    return (T) value;
  }

  // What a call throws reaches its caller as it is, checked or not.
  @SuppressWarnings("unchecked")
  static <E extends Throwable> E thrown(Throwable error) throws E {
    throw (E) error;
  }
}
