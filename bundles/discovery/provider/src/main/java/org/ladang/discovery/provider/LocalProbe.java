package org.ladang.discovery.provider;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Whether the owner of a local service runs, and what the service says itself where it has a method for that. */
final class LocalProbe implements Probe {
  private final Predicate<String> runs;
  private final Executor threads;

  /**
   * @param runs whether a bundle of that symbolic name is active
   * @param threads for the method, which may take its time
   */
  LocalProbe(Predicate<String> runs, Executor threads) {
    this.runs = runs;
    this.threads = threads;
  }

  @Override
  public CompletionStage<Finding> ask(Entry entry) {
    String owner = entry.instance().owner();
    String method = entry.offer().check().what();
    if (!owner.isEmpty() && !runs.test(owner)) {
      return CompletableFuture.completedFuture(
          Finding.dead("Its bundle " + owner + " does not run."));
    }
    if (method.isEmpty()) {
      return CompletableFuture.completedFuture(Finding.WELL);
    }
    try {
      return CompletableFuture.supplyAsync(() -> call(entry, method), threads)
          .completeOnTimeout(
              Finding.sick(method + "() did not return in time."),
              entry.offer().check().timeout().toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(
          Finding.sick("Too many checks do not return; " + method + "() was not called."));
    }
  }

  private static Finding call(Entry entry, String method) {
    try {
      for (Class<?> type : entry.service.getClass().getInterfaces()) {
        if (type.getName().equals(entry.instance().type())) {
          return Boolean.FALSE.equals(type.getMethod(method).invoke(entry.service))
              ? Finding.sick(method + "() says no.")
              : Finding.WELL;
        }
      }
      return Finding.sick("It is no " + entry.instance().type() + ".");
    } catch (NoSuchMethodException e) {
      return Finding.sick("It has no method " + method + "() without arguments.");
    } catch (InvocationTargetException e) {
      return Finding.sick(method + "() failed: " + Checker.said(e.getCause()));
    } catch (IllegalAccessException e) {
      return Finding.sick(method + "() may not be called: " + e.getMessage());
    }
  }
}
