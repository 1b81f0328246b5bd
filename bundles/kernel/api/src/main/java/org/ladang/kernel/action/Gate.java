package org.ladang.kernel.action;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one way to call an action. In this order: known? may this principal? is there time? then the target, metrics and
 * audit. While the target is being replaced the call waits a bounded grace time, never beyond its deadline.
 *
 * <p>Arguments and results are JSON-shaped ({@code Map}, {@code List}, {@code String}, {@code Number}, {@code Boolean},
 * null). Failures are {@link org.ladang.kernel.LadangException}s with these codes:
 *
 * <ul>
 *   <li>{@code LADANG-GATE-001} no such action
 *   <li>{@code LADANG-GATE-002} a missing, unknown or wrong argument; details {@code argument}, {@code expected}, {@code
 *       got}
 *   <li>{@code LADANG-GATE-003} the principal may not
 *   <li>{@code LADANG-GATE-004} the deadline passed
 *   <li>{@code LADANG-GATE-005} the target is gone or did not come back within the grace time
 *   <li>{@code LADANG-GATE-006} the action threw something that is not a {@code LadangException}
 *   <li>{@code LADANG-GATE-007} nobody can say whether the principal may: security is not there
 *   <li>{@code LADANG-GATE-008} too many calls are under way
 * </ul>
 */
@ProviderType
public interface Gate {
  /**
   * Calls an action on the caller's thread and waits for its result. At the deadline the thread is interrupted; an
   * action that ignores that keeps the caller waiting, which is why doors use {@link #submit}.
   *
   * @param action the id, for example {@code bots:create_bot}
   * @param arguments by name
   * @return the JSON-shaped result; null where the action returns nothing
   */
  Object call(CallContext context, String action, Map<String, Object> arguments);

  /**
   * Calls an action on a thread of the gate. The stage is completed at the latest shortly after the deadline, whatever
   * the action does.
   */
  CompletionStage<Object> submit(CallContext context, String action, Map<String, Object> arguments);

  /**
   * As {@link #submit}, and says who answered: where a plugin fails or is not to be called, a {@link CallPolicy} may let
   * something else answer.
   */
  default CompletionStage<Answer> ask(
      CallContext context, String action, Map<String, Object> arguments) {
    return submit(context, action, arguments).thenApply(Answer::own);
  }
}
