package org.ladang.kernel.action;

import java.time.Instant;
import java.util.Objects;

/**
 * What travels with a call: who, until when, and for tracing and repeating. An action that calls others passes its own
 * on.
 *
 * @param principal who calls
 * @param deadline when the caller stops waiting
 * @param traceId names the call in logs and audit, through all calls that it makes
 * @param session the session, or empty
 * @param idempotencyKey the caller's name for this very request, or empty
 * @param door where it came in: {@code shell}, {@code rest}, {@code console}, {@code local}
 */
public record CallContext(
    Principal principal,
    Instant deadline,
    String traceId,
    String session,
    String idempotencyKey,
    String door) {

  public CallContext {
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(deadline, "deadline");
    Objects.requireNonNull(traceId, "traceId");
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    Objects.requireNonNull(door, "door");
  }

  /** A context without session and idempotency key. */
  public static CallContext of(Principal principal, String door, String traceId, Instant deadline) {
    return new CallContext(principal, deadline, traceId, "", "", door);
  }

  /** The same call with an earlier deadline; a later one is ignored. */
  public CallContext before(Instant earlier) {
    return earlier.isBefore(deadline)
        ? new CallContext(principal, earlier, traceId, session, idempotencyKey, door)
        : this;
  }
}
