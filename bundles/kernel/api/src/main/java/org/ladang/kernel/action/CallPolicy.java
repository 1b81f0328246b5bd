package org.ladang.kernel.action;

import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.LadangException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A whiteboard service that the gate asks around each call of a plugin's action; {@code breaker} implements it. Where none
 * is registered, or nobody serves behind it, calls go on without. Called for every such call: fast, and without waiting
 * for anything. A call is told of in two steps instead of one around it, so that the policy can be replaced while calls
 * are under way.
 */
@ConsumerType
public interface CallPolicy {
  /**
   * Asked right before the target.
   *
   * @return a permit, which {@link #ended} brings back; one and the same for all is fine
   * @throws LadangException when the plugin is not to be called now
   */
  long admit(CallContext context, ActionInfo action);

  /**
   * A call that was admitted has ended.
   *
   * @param permit what {@link #admit} gave, possibly by a former provider of this service
   * @param code empty when it succeeded, else the code of the failure
   * @param nanos how long it took
   */
  void ended(CallContext context, ActionInfo action, long permit, String code, long nanos);

  /**
   * Who answers in place of a plugin that was not called or failed.
   *
   * @param arguments of the call
   * @param failure what the caller gets otherwise
   * @param begun whether the plugin was called, and may have done part of its work
   * @return empty when the failure is the answer
   */
  Optional<StandIn> standIn(
      CallContext context,
      ActionInfo action,
      Map<String, Object> arguments,
      LadangException failure,
      boolean begun);

  /** What answers in a plugin's place. */
  sealed interface StandIn {
    /** As it is shown to whoever gets the answer. */
    String name();

    /**
     * Another action, called by the same principal within the same deadline; when it fails too, the first failure is the
     * answer.
     *
     * @param action its id
     * @param arguments by name
     */
    record Other(String name, String action, Map<String, Object> arguments) implements StandIn {}

    /**
     * An answer that was set beforehand.
     *
     * @param value JSON-shaped
     */
    record Degraded(String name, Object value) implements StandIn {}
  }
}
