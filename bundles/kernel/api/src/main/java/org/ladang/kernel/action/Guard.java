package org.ladang.kernel.action;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says who may call what; {@code security} implements it. Without one the gate refuses every call. Called for every
 * call: fast, and without waiting for anything.
 */
@ConsumerType
public interface Guard {
  /** Whether the principal of {@code context} may call {@code action}. */
  Verdict check(CallContext context, ActionInfo action);

  /** What a guard says. */
  sealed interface Verdict {
    /** The call may go on. */
    record Allowed() implements Verdict {}

    /**
     * The call is refused.
     *
     * @param sentence why, and who may
     */
    record Denied(String sentence) implements Verdict {}
  }
}
