package org.ladang.breaker;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The policies by name. Safe for any thread. A call passes through them in this order, from the outside to the inside:
 * fallback, retry, breaker, rate limit, bulkhead, time limit.
 *
 * <p>Every method that names a policy throws {@code LADANG-BREAKER-001} when there is none of that name. What a policy
 * refuses is a {@link org.ladang.kernel.LadangException}:
 *
 * <ul>
 *   <li>{@code LADANG-BREAKER-003} the breaker is open
 *   <li>{@code LADANG-BREAKER-004} too many calls within a second
 *   <li>{@code LADANG-BREAKER-005} too many calls under way
 *   <li>{@code LADANG-BREAKER-006} the call took longer than its limit
 *   <li>{@code LADANG-BREAKER-007} the deadline passed before an attempt could begin
 * </ul>
 */
@ProviderType
public interface Policies {
  /**
   * A policy that is there.
   *
   * @throws org.ladang.kernel.LadangException {@code LADANG-BREAKER-001} when there is none of that name
   */
  default Policy policy(String name) {
    info(name);
    return new Policy(name, this);
  }

  /**
   * Makes a policy, or changes its settings: the state of its breaker stays. Kept over restarts and swaps of the room until
   * {@link #remove}. One of the same name that comes from the configuration or a {@link PolicySource} wins.
   */
  void make(PolicySettings settings);

  /** Removes a policy that was made by {@link #make}; nothing happens when there is none. */
  void remove(String name);

  /** The names of the policies, in their order. */
  List<String> names();

  /** How a policy does. */
  PolicyInfo info(String name);

  /**
   * Makes a call on the caller's thread. At its time limit the thread is interrupted; a call that ignores that keeps the
   * caller waiting.
   *
   * @return the result, the path that served it, and the first error
   * @throws Exception the first error, as it was thrown, when nobody could answer
   */
  <T> Served<T> execute(String name, Request<T> request) throws Exception;

  /**
   * Makes a call that answers later. The stage is completed at its time limit, whatever the call does; the call's own
   * stage is cancelled then. Fallbacks run on the thread on which the call failed.
   */
  <T> CompletionStage<Served<T>> submit(String name, Request<CompletionStage<T>> request);

  /**
   * Lets a breaker be open ({@link BreakerState#FORCED_OPEN}), let everything pass ({@link BreakerState#DISABLED}) or
   * begin anew ({@link BreakerState#CLOSED}); kept over restarts and swaps.
   *
   * @param why shown as the cause
   */
  void force(String name, BreakerState state, String why);
}
