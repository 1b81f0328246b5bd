package org.ladang.discovery.provider;

import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Outcome;
import org.ladang.discovery.HttpAnswer;
import org.ladang.discovery.HttpCall;
import org.ladang.discovery.HttpEndpoints;
import org.ladang.discovery.Kind;
import org.ladang.discovery.Route;
import org.ladang.discovery.provider.Probe.Finding;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;

/** Sends requests to one of several endpoints; tries another where one could not be reached at all. */
final class HttpCalls implements HttpEndpoints {
  private static final int TRIES = 3;
  private static final int SERVER_FAILED = 500;
  private static final int NOT_IMPLEMENTED = 501;

  private final Register register;
  private final Checker checker;
  private final HttpDoor door;
  private final Executor answers;
  private final Clock clock;
  private volatile Ask here;

  /**
   * @param answers runs what callers do with an answer
   */
  HttpCalls(
      Register register, Checker checker, HttpDoor door, Executor answers, Clock clock, Ask here) {
    this.answers = answers;
    this.register = register;
    this.checker = checker;
    this.door = door;
    this.clock = clock;
    this.here = here;
  }

  void from(Ask place) {
    here = place;
  }

  @Override
  public CompletionStage<HttpAnswer> send(Route route, HttpCall call) {
    CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    CompletableFuture<HttpAnswer> told = new CompletableFuture<>();
    answer.whenComplete((found, failure) -> tell(told, found, failure));
    try {
      Router router =
          register.router(
              route.key() + "|http", route, entry -> entry.instance().kind() == Kind.HTTP);
      attempt(router, call, clock.nanos() + call.limit().toNanos(), 1, answer);
    } catch (LadangException e) {
      answer.completeExceptionally(e);
    }
    return told;
  }

  private void tell(CompletableFuture<HttpAnswer> told, HttpAnswer found, Throwable failure) {
    Runnable telling =
        () -> {
          if (failure == null) {
            told.complete(found);
          } else {
            told.completeExceptionally(failure);
          }
        };
    try {
      answers.execute(telling);
    } catch (RejectedExecutionException e) {
      // Too many callers take their time, or the room ends.
      telling.run();
    }
  }

  private void attempt(
      Router router, HttpCall call, long deadline, int tried, CompletableFuture<HttpAnswer> done) {
    Ask ask = router.hashing() ? new Ask(Ask.key(call.path()), here.zone()) : here;
    Seat seat = router.pick(ask);
    long begun = clock.nanos();
    long left = Math.max(TimeUnit.MILLISECONDS.toNanos(1), deadline - begun);
    CompletableFuture<HttpResponse<byte[]>> sent;
    try {
      sent = door.send(seat.entry().offer(), call, Duration.ofNanos(left));
    } catch (IllegalArgumentException e) {
      seat.group().done(seat.id(), Outcome.CANCELLED, 0);
      throw new LadangException(
          "LADANG-DISCOVERY-010", "The request cannot be sent: " + e.getMessage() + ".", e);
    }
    sent.orTimeout(left, TimeUnit.NANOSECONDS)
        .whenComplete(
            (response, failure) -> {
              try {
                if (failure == null) {
                  answered(seat, response, begun, done);
                } else {
                  failed(router, seat, call, deadline, begun, tried, HttpDoor.cause(failure), done);
                }
              } catch (RuntimeException e) {
                done.completeExceptionally(e);
              }
            });
  }

  private void answered(
      Seat seat, HttpResponse<byte[]> response, long begun, CompletableFuture<HttpAnswer> done) {
    int status = response.statusCode();
    boolean failed = status >= SERVER_FAILED && status != NOT_IMPLEMENTED;
    ended(seat, failed ? Outcome.FAILED : Outcome.OK, begun);
    if (failed) {
      checker.doubt(seat.entry());
    }
    Map<String, List<String>> headers = new HashMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    done.complete(
        new HttpAnswer(
            status,
            Map.copyOf(headers),
            new String(response.body(), StandardCharsets.UTF_8),
            seat.id(),
            seat.group().number));
  }

  private void failed(
      Router router,
      Seat seat,
      HttpCall call,
      long deadline,
      long begun,
      int tried,
      Throwable cause,
      CompletableFuture<HttpAnswer> done) {
    if (cause instanceof BoundedBody.TooLarge) {
      ended(seat, Outcome.OK, begun);
      done.completeExceptionally(
          new LadangException(
              "LADANG-DISCOVERY-009",
              seat.id() + " answered with more than " + call.largest() + " bytes.",
              cause));
      return;
    }
    boolean unreached = HttpDoor.unreached(cause);
    boolean late =
        !unreached && (cause instanceof TimeoutException || cause instanceof HttpTimeoutException);
    ended(seat, late ? Outcome.LATE : Outcome.FAILED, begun);
    if (unreached && !seat.entry().offer().check().interval().isZero()) {
      // As a check would find it; and one will find out when it is back.
      checker.take(
          seat.entry(),
          cause instanceof java.net.ConnectException
              ? Finding.dead("Nobody listens there.")
              : Finding.sick("It could not be reached."));
    } else {
      checker.doubt(seat.entry());
    }
    if (unreached && tried < TRIES && deadline - clock.nanos() > 0) {
      attempt(router, call, deadline, tried + 1, done);
      return;
    }
    done.completeExceptionally(
        late
            ? new LadangException(
                    "LADANG-DISCOVERY-008",
                    seat.id() + " did not answer within " + call.limit().toMillis() + " ms.",
                    cause)
                .with("endpoint", seat.id())
            : new LadangException(
                    "LADANG-DISCOVERY-007",
                    seat.id() + " failed: " + Checker.said(cause) + ".",
                    cause)
                .with("endpoint", seat.id()));
  }

  private void ended(Seat seat, Outcome outcome, long begun) {
    seat.group().done(seat.id(), outcome, clock.nanos() - begun);
  }
}
