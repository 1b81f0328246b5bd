package org.ladang.kernel.swap;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A whiteboard service that is asked before a service object of a plugin serves, and told when it no longer does. The
 * object is the raw one: do not keep it.
 */
@ConsumerType
public interface TargetLifecycle {
  /**
   * Called before the first call reaches {@code target}, on a thread of the kernel, under the deadline of the swap.
   *
   * @param plugin the passport of its bundle
   * @throws org.ladang.kernel.LadangException when the target must not serve: the swap is refused
   */
  void beforeLive(Passport plugin, Object target);

  /** Called when the last call has left {@code target}, before its bundle is stopped. */
  void afterRetired(Passport plugin, Object target);
}
