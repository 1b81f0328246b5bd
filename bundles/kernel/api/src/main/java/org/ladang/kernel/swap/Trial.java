package org.ladang.kernel.swap;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The last question before a bundle serves. Asked by {@link Swapper#apply(BundleEntry, Trial)} when the bundle is
 * started and its components are active, on a thread of its own and under the swap's deadline: one that does not answer
 * refuses the bundle and costs a thread.
 */
@ConsumerType
@FunctionalInterface
public interface Trial {
  /** Lets everything pass. */
  Trial NONE = staged -> {};

  /**
   * Returns when the bundle may serve.
   *
   * @throws org.ladang.kernel.LadangException when it may not: the bundle is refused, and what ran before runs on
   */
  void judge(Staged staged);
}
