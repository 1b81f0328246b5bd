package org.ladang.balancer.provider;

import org.ladang.balancer.Candidates;

/**
 * Two different candidates at random, of whom the better gets the call: nearly as good as looking at all, and without
 * the herd that runs to the one that looked best (Mitzenmacher, "The Power of Two Choices in Randomized Load
 * Balancing", IEEE TPDS 12(10), 2001).
 */
final class TwoChoices {
  private TwoChoices() {}

  static int first(Candidates candidates) {
    return candidates.random(candidates.size());
  }

  /** Another one than the first, each of the others alike; there are at least two. */
  static int second(Candidates candidates, int first) {
    int second = candidates.random(candidates.size() - 1);
    return second < first ? second : second + 1;
  }
}
