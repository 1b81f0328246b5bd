package org.ladang.kernel.action;

import java.time.Instant;
import org.osgi.annotation.versioning.ConsumerType;

/** A whiteboard service that is told of every call that ended, refused ones included. Must be fast and not throw. */
@ConsumerType
public interface CallObserver {
  /** Called on the thread on which the call ended. */
  void ended(Call call);

  /**
   * A call that ended.
   *
   * @param context who, from where, which trace
   * @param action what was called
   * @param at when it began
   * @param nanos how long it took
   * @param code empty when it succeeded, else the code of the failure
   */
  record Call(CallContext context, ActionInfo action, Instant at, long nanos, String code) {}
}
