package org.ladang.kernel.provider.gate;

import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Guard;
import org.ladang.kernel.action.Guard.Verdict;

/** Asks the guard. Without one, every call is refused once the grace time has passed: the gate fails closed. */
public final class Permission {
  private final Spi<Guard> guards;
  private final Grace grace;

  public Permission(Spi<Guard> guards, Grace grace) {
    this.guards = guards;
    this.grace = grace;
  }

  void check(CallContext context, ActionInfo action) {
    if (guards.all().isEmpty()) {
      grace.await(() -> !guards.all().isEmpty());
    }
    boolean asked = false;
    for (Guard guard : guards.all()) {
      asked = true;
      if (ask(guard, context, action) instanceof Verdict.Denied denied) {
        throw new LadangException("LADANG-GATE-003", denied.sentence())
            .with("action", action.id())
            .with("role", action.role().name().toLowerCase(java.util.Locale.ROOT));
      }
    }
    if (!asked) {
      throw absent(action, null);
    }
  }

  private static Verdict ask(Guard guard, CallContext context, ActionInfo action) {
    try {
      return guard.check(context, action);
    } catch (LadangException e) {
      throw absent(action, e);
    }
  }

  private static LadangException absent(ActionInfo action, Throwable cause) {
    return new LadangException(
            "LADANG-GATE-007",
            "Nobody can say whether " + action.id() + " may be called: security is not running.",
            cause)
        .next("Drop a working security provider into deploy/; that needs no permission.");
  }
}
