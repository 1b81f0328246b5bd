package org.ladang.balancer.provider;

import java.util.concurrent.ThreadLocalRandom;

/** Chance, injected so that tests can repeat it. Safe for any thread. */
interface Dice {
  /** The thread's own. */
  Dice REAL = bound -> ThreadLocalRandom.current().nextInt(bound);

  /** From 0 to {@code bound} - 1. */
  int below(int bound);
}
