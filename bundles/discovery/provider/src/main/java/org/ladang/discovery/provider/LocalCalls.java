package org.ladang.discovery.provider;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Outcome;
import org.ladang.discovery.Demand;
import org.ladang.discovery.provider.Probe.Finding;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;

/** Calls a method of one of several local services. */
final class LocalCalls {
  /** What the kernel's proxy says when nobody is behind it: the call has reached nobody. */
  private static final String NOBODY_THERE = "LADANG-PROXY-001";

  private static final int TRIES = 3;

  private final Register register;
  private final Checker checker;
  private final Clock clock;
  private volatile Ask here;

  /**
   * @param here where calls come from
   */
  LocalCalls(Register register, Checker checker, Clock clock, Ask here) {
    this.register = register;
    this.checker = checker;
    this.clock = clock;
    this.here = here;
  }

  void from(Ask place) {
    here = place;
  }

  Object invoke(Demand demand, Method method, Object[] arguments) throws Throwable {
    Router router = register.router(demand.key());
    if (router == null) {
      Class<?> type = demand.type();
      router =
          register.router(demand.key(), demand.route(), entry -> type.isInstance(entry.service));
    }
    if (router.hashing()) {
      return attempt(router, null, keyed(arguments), method, arguments, 1);
    }
    Run run = router.run();
    Seat seat = run.next(checker.ticks());
    return seat == null
        ? attempt(router, run, here, method, arguments, 1)
        : onTheSameWord(router, run, seat, method, arguments);
  }

  /** A quick call to whom the last one went to as well; neither is anybody picked nor the clock read. */
  private Object onTheSameWord(Router router, Run run, Seat seat, Method method, Object[] arguments)
      throws Throwable {
    try {
      Object result = method.invoke(seat.service(), arguments);
      if (result instanceof CompletionStage<?> stage) {
        run.end();
        long begun = clock.nanos();
        stage.whenComplete(
            (value, failure) ->
                seat.group()
                    .record(
                        seat.id(),
                        failure == null ? Outcome.OK : outcome(failure),
                        clock.nanos() - begun));
      } else {
        run.made(checker.ticks());
      }
      return result;
    } catch (InvocationTargetException e) {
      run.end();
      Throwable cause = e.getCause();
      Outcome outcome = outcome(cause);
      seat.group().record(seat.id(), outcome, 0);
      if (unreached(cause)) {
        checker.take(seat.entry(), Finding.sick(cause.getMessage()));
        return attempt(router, run, here, method, arguments, 2);
      }
      if (outcome == Outcome.FAILED) {
        checker.doubt(seat.entry());
      }
      throw cause;
    }
  }

  private Object attempt(
      Router router, Run run, Ask ask, Method method, Object[] arguments, int tried)
      throws Throwable {
    if (run != null) {
      run.end();
    }
    Seat seat = router.pick(ask);
    long begun = clock.nanos();
    Object result;
    try {
      result = method.invoke(seat.service(), arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      ended(seat, outcome(cause), begun);
      if (tried < TRIES && unreached(cause)) {
        checker.take(seat.entry(), Finding.sick(cause.getMessage()));
        return attempt(router, run, ask, method, arguments, tried + 1);
      }
      throw cause;
    } catch (IllegalAccessException | RuntimeException e) {
      ended(seat, Outcome.CANCELLED, begun);
      throw e;
    }
    if (result instanceof CompletionStage<?> stage) {
      stage.whenComplete(
          (value, failure) -> ended(seat, failure == null ? Outcome.OK : outcome(failure), begun));
    } else {
      long took = clock.nanos() - begun;
      seat.group().done(seat.id(), Outcome.OK, took);
      if (run != null && took <= Run.QUICK_NANOS) {
        run.begin(seat, checker.ticks(), took);
      }
    }
    return result;
  }

  private Ask keyed(Object[] arguments) {
    return arguments == null || arguments.length == 0
        ? here
        : new Ask(Ask.key(String.valueOf(arguments[0])), here.zone());
  }

  private void ended(Seat seat, Outcome outcome, long begun) {
    seat.group().done(seat.id(), outcome, clock.nanos() - begun);
    if (outcome == Outcome.FAILED) {
      checker.doubt(seat.entry());
    }
  }

  /** What a caller brings about (a refusal in words, a wrong argument, a declared exception) is an answer. */
  private static Outcome outcome(Throwable failure) {
    Throwable cause =
        failure instanceof java.util.concurrent.CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof LadangException said) {
      return said.code().startsWith("LADANG-PROXY-") ? Outcome.FAILED : Outcome.OK;
    }
    boolean answer =
        cause instanceof IllegalArgumentException
            || cause instanceof Exception && !(cause instanceof RuntimeException);
    return answer ? Outcome.OK : Outcome.FAILED;
  }

  private static boolean unreached(Throwable cause) {
    return cause instanceof LadangException said && said.code().equals(NOBODY_THERE);
  }
}
