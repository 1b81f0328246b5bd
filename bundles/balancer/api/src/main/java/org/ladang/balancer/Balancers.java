package org.ladang.balancer;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Pools of endpoints, and who gets the next call. Safe for any thread. {@link #pick}, {@link #done} and {@code record}
 * take no lock and do not wait.
 *
 * <p>Every method that names a pool throws {@code LADANG-BALANCER-001} when there is none of that name. Those that name
 * an endpoint say so with {@code LADANG-BALANCER-006}, except {@link #done} and {@code record}: an endpoint may have
 * gone while a call to it was under way.
 */
@ProviderType
public interface Balancers {
  /**
   * Picks an endpoint for a call; the caller then calls {@link #done} once, however the call ends.
   *
   * @throws org.ladang.kernel.LadangException {@code LADANG-BALANCER-002} when the pool has nobody who may be called
   */
  Endpoint pick(String pool, Ask ask);

  /**
   * A call to an endpoint that was picked has ended.
   *
   * @param took in nanoseconds
   */
  void done(String pool, String endpoint, Outcome outcome, long took);

  /** A call that was not picked here has ended; counts for health and latency, not for calls under way. */
  void record(String pool, String endpoint, Outcome outcome, long took);

  /**
   * Calls that were made on the word of an earlier pick, and succeeded; counts for calls, health and latency.
   *
   * @param times how many
   * @param took each of them, in nanoseconds
   */
  void record(String pool, String endpoint, int times, long took);

  /** Whether a pick would succeed now, and who would get it. Nothing is counted. */
  Permit canExecute(String pool, Ask ask);

  /** What an endpoint says of its load. */
  void report(String pool, String endpoint, LoadReport load);

  /** Tells that an endpoint is down, or up again. */
  void health(String pool, String endpoint, boolean up, String why);

  /** Lets an endpoint run out of calls, or gives it calls again. Kept until it is taken back, over restarts. */
  void drain(String pool, String endpoint, boolean on);

  /**
   * Makes a pool, or changes it: endpoints with the same name keep their counts. Gone with the {@link PoolSource} that
   * has it, or by {@link #remove}; it is not kept over a restart.
   *
   * @throws org.ladang.kernel.LadangException {@code LADANG-BALANCER-007} when there is no such algorithm
   */
  void set(PoolSpec pool);

  /**
   * Makes a pool that is kept over restarts and swaps, or changes it.
   *
   * @throws org.ladang.kernel.LadangException {@code LADANG-BALANCER-007} when there is no such algorithm, {@code
   *     LADANG-BALANCER-008} when a {@link PoolSource} has a pool of that name
   */
  void keep(PoolSpec pool);

  /**
   * Chooses the algorithm of any pool, whatever its owner wants; kept over restarts.
   *
   * @throws org.ladang.kernel.LadangException {@code LADANG-BALANCER-007} when there is no such algorithm
   */
  void choose(String pool, String algorithm);

  /**
   * Removes a pool that was made by {@link #keep}, and all that was to be kept of it.
   *
   * @throws org.ladang.kernel.LadangException {@code LADANG-BALANCER-008} when a {@link PoolSource} has it
   */
  void forget(String pool);

  /** Removes a pool; nothing happens when there is none. */
  void remove(String pool);

  /** The algorithms that are there, in the order of their names. */
  List<Algorithm> algorithms();

  /** The names of the pools, in their order. */
  List<String> pools();

  /** How a pool does. */
  PoolStats stats(String pool);
}
