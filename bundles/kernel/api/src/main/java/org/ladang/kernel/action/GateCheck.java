package org.ladang.kernel.action;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A whiteboard service that may refuse a call after the {@link Guard} has let it pass and before its target is asked.
 * Called for every call: fast, and without waiting for anything.
 */
@ConsumerType
public interface GateCheck {
  /**
   * Returns when the call may go on.
   *
   * @throws org.ladang.kernel.LadangException when it may not
   */
  void check(CallContext context, ActionInfo action);
}
