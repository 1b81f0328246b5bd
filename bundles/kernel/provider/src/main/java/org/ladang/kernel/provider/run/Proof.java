package org.ladang.kernel.provider.run;

import org.ladang.kernel.LadangException;

/** Whether a started bundle may serve. */
sealed interface Proof {
  /**
   * All its components are active and taken.
   *
   * @param told whether that cannot change without a service event of the bundle
   */
  record Good(boolean told) implements Proof {}

  /** A component waits. */
  record Waits(String sentence) implements Proof {}

  /** It must not serve. */
  record Bad(LadangException why) implements Proof {}
}
