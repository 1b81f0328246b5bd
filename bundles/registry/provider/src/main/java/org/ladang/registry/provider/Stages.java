package org.ladang.registry.provider;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.ladang.kernel.LadangException;

/** Waiting for stages that come from plugins, which may be of any class and fail in any way. */
final class Stages {
  private Stages() {}

  /** Asks for a stage and waits for its result, never longer than {@code patience}. */
  static <T> T await(Supplier<CompletionStage<T>> asked, Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return future(asked).get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      boolean wrapped = cause instanceof CompletionException && cause.getCause() != null;
      throw wrapped ? new ExecutionException(cause.getCause()) : e;
    }
  }

  /** A future of our own: a stage need not support {@code toCompletableFuture}. */
  static <T> CompletableFuture<T> future(Supplier<CompletionStage<T>> asked) {
    CompletableFuture<T> future = new CompletableFuture<>();
    try {
      asked
          .get()
          .whenComplete(
              (value, failure) -> {
                if (failure == null) {
                  future.complete(value);
                } else {
                  future.completeExceptionally(failure);
                }
              });
    } catch (RuntimeException | LinkageError e) {
      future.completeExceptionally(e);
    }
    return future;
  }

  /** A {@code LadangException} as it is; anything else with {@code beginning} and its first line. */
  static LadangException asLadang(Throwable failure, String code, String beginning) {
    if (failure instanceof LadangException known) {
      return known;
    }
    String line = Objects.toString(failure.getMessage(), "").lines().findFirst().orElse("");
    return new LadangException(
        code, beginning + " with " + failure.getClass().getSimpleName() + ended(line), failure);
  }

  private static String ended(String line) {
    String text = line.isBlank() ? "" : ": " + line.strip();
    return text.endsWith(".") ? text : text + ".";
  }
}
