package org.ladang.balancer;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * An algorithm that picks one of several endpoints. Publish it as a service with the property {@value #NAME}; pools can
 * be set to that name from then on, and go to round robin when the service goes.
 *
 * <p>An algorithm has no fields: what it must remember lies in the {@linkplain Candidate#memory one number of each
 * candidate}, {@linkplain Candidates#next one number of the pool}, and a {@linkplain Candidates#table table} that it
 * makes whenever the candidates or their weights change. So one service serves all pools, and it can be replaced while
 * calls go on. It is called by many threads at once and must not block; {@link #pick} should not allocate.
 */
@ConsumerType
public interface Balancer {
  /** The service property that names the algorithm, for example {@code round-robin}. */
  String NAME = "balancer.name";

  /** The service property with a sentence about the algorithm. */
  String TITLE = "balancer.title";

  /**
   * Makes what {@link #pick} looks up. Called off the path of calls, whenever candidates or weights have changed.
   *
   * @return any numbers; nobody else reads them
   */
  default int[] prepare(Candidates candidates) {
    return new int[0];
  }

  /**
   * Picks.
   *
   * @return the index of a candidate, from 0 to {@link Candidates#size} - 1
   */
  int pick(Candidates candidates, Ask ask);

  /**
   * A call to the candidate has ended.
   *
   * @param candidates those of the present moment; the candidate need not be among them any more
   * @param took how long it took, in nanoseconds
   */
  default void ended(Candidates candidates, Candidate candidate, Outcome outcome, long took) {}
}
