package org.ladang.balancer;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The endpoints of a pool that may get a call, at one moment, in the order of their names. The set does not change while
 * an algorithm looks at it; what the candidates say does. Safe for any thread; nothing here blocks or allocates.
 */
@ProviderType
public interface Candidates {
  /** How many may be picked; at least one while an algorithm is asked to pick. */
  int size();

  /** One of them, from 0 to {@link #size} - 1. */
  Candidate get(int index);

  /** How many the pool has, with those that may not be picked. */
  int known();

  /** One of all, from 0 to {@link #known} - 1. */
  Candidate known(int index);

  /** The sum of the weights of those that may be picked. */
  double weights();

  /** Calls to the whole pool that have not ended. */
  int inFlight();

  /** A number that is one higher at each call, over all threads; never negative. */
  long next();

  /** A random number from 0 to {@code bound} - 1. */
  int random(int bound);

  /** The pool's clock, monotonic, in nanoseconds; only differences mean anything. */
  long nanos();

  /** What {@link Balancer#prepare} gave for these candidates. Not to be written to. */
  int[] table();
}
