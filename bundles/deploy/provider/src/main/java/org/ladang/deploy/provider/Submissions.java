package org.ladang.deploy.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;

/** Those who put a file into the inbox themselves and wait for what becomes of it. Safe for any thread. */
final class Submissions {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Clock clock;
  private final Map<String, List<CompletableFuture<Attempt>>> waiting = new HashMap<>();

  Submissions(Clock clock) {
    this.clock = clock;
  }

  /** Completed with the next attempt of that file. */
  synchronized CompletionStage<Attempt> expect(String file) {
    CompletableFuture<Attempt> future = new CompletableFuture<>();
    waiting.computeIfAbsent(file, f -> new ArrayList<>()).add(future);
    CompletableFuture<Attempt> bounded =
        future.copy().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    return bounded.handle(
        (attempt, failure) -> {
          forget(file, future);
          if (failure == null) {
            return attempt;
          }
          Throwable cause =
              failure instanceof CompletionException && failure.getCause() != null
                  ? failure.getCause()
                  : failure;
          if (cause instanceof TimeoutException) {
            throw new LadangException(
                    "LADANG-DEPLOY-007",
                    "Nothing was decided over " + file + " within a minute.",
                    cause)
                .next("deploy:list shows how it stands.");
          }
          throw new CompletionException(cause);
        });
  }

  /** Tells those who wait for that file. */
  Consumer<Attempt> of(String file) {
    return attempt -> take(file).forEach(f -> f.complete(attempt));
  }

  /** The file holds what runs already: there is nothing to attempt. */
  void unchanged(String file) {
    List<CompletableFuture<Attempt>> waiters = take(file);
    if (waiters.isEmpty()) {
      return;
    }
    Attempt attempt =
        new Attempt(
            0,
            clock.now(),
            file,
            "",
            "",
            Outcome.LIVE,
            file + " holds what runs already.",
            "",
            "",
            Attempts.INBOX,
            0,
            List.of());
    waiters.forEach(f -> f.complete(attempt));
  }

  /** The room is being replaced: nobody is to wait for this provider any more. */
  void letGo() {
    List<CompletableFuture<Attempt>> all = new ArrayList<>();
    synchronized (this) {
      waiting.values().forEach(all::addAll);
      waiting.clear();
    }
    LadangException gone =
        new LadangException(
                "LADANG-DEPLOY-013", "The deploy room is being replaced and goes on by itself.")
            .next("deploy:history tells how it ended.");
    all.forEach(f -> f.completeExceptionally(gone));
  }

  private synchronized List<CompletableFuture<Attempt>> take(String file) {
    List<CompletableFuture<Attempt>> taken = waiting.remove(file);
    return taken == null ? List.of() : taken;
  }

  private synchronized void forget(String file, CompletableFuture<Attempt> future) {
    waiting.computeIfPresent(
        file,
        (f, futures) -> {
          futures.remove(future);
          return futures.isEmpty() ? null : futures;
        });
  }
}
