package org.ladang.breaker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ladang.kernel.action.CallContext;

/**
 * A call that is to be made under a policy, and who answers when it fails. Immutable.
 *
 * @param primary the call itself; of a stage, it begins the work
 * @param idempotent whether it may be made twice: only then it is tried again
 * @param until no attempt begins and none is waited for after that; {@link Instant#MAX} for no such limit
 * @param fallbacks asked one after the other when the call failed or was refused
 * @param simplified answers less, where the policy's degraded answer is the simplified form; asked last
 */
public record Request<T>(
    Callable<T> primary,
    boolean idempotent,
    Instant until,
    List<Fallback<T>> fallbacks,
    List<Fallback<T>> simplified) {
  public Request {
    fallbacks = List.copyOf(fallbacks);
    simplified = List.copyOf(simplified);
  }

  /** A call that must not be made twice. */
  public static <T> Request<T> of(Callable<T> primary) {
    return new Request<>(primary, false, Instant.MAX, List.of(), List.of());
  }

  /** A call that may be made twice. */
  public static <T> Request<T> idempotent(Callable<T> primary) {
    return new Request<>(primary, true, Instant.MAX, List.of(), List.of());
  }

  /** The same, ending with the deadline of that call. */
  public Request<T> in(CallContext context) {
    return new Request<>(primary, idempotent, context.deadline(), fallbacks, simplified);
  }

  /** The same with one more who answers when it fails. */
  public Request<T> or(String name, Fallback.Answer<T> answer) {
    List<Fallback<T>> more = new ArrayList<>(fallbacks);
    more.add(new Fallback<>(name, answer));
    return new Request<>(primary, idempotent, until, more, simplified);
  }

  /** The same with its simplified form. */
  public Request<T> simplified(String name, Fallback.Answer<T> answer) {
    return new Request<>(
        primary, idempotent, until, fallbacks, List.of(new Fallback<>(name, answer)));
  }
}
