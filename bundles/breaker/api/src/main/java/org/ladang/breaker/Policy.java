package org.ladang.breaker;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/**
 * A name by which calls are made under a policy: holds nothing of its provider, so that it may be kept for ever. Safe for
 * any thread.
 *
 * @param name the policy's name
 * @param policies who knows it
 */
public record Policy(String name, Policies policies) {
  /**
   * Makes a call that must not be made twice.
   *
   * @return its result
   * @throws Exception as {@link Policies#execute}
   */
  public <T> T call(Callable<T> call) throws Exception {
    return policies.execute(name, Request.of(call)).result();
  }

  /**
   * Makes a call, and asks others when it fails.
   *
   * @return the result, the path that served it, and the first error
   * @throws Exception as {@link Policies#execute}
   */
  public <T> Served<T> executeWithFallback(Request<T> request) throws Exception {
    return policies.execute(name, request);
  }

  /** As {@link #executeWithFallback}, for calls that answer later. */
  public <T> CompletionStage<Served<T>> submitWithFallback(Request<CompletionStage<T>> request) {
    return policies.submit(name, request);
  }
}
