package org.ladang.kernel.provider.proxy;

import org.osgi.framework.Bundle;

/** What the kernel does with a raw service object before any call reaches it. Called on a thread of the kernel. */
public interface TargetInspector {
  /**
   * Looks at a service object that was just taken.
   *
   * @return what to attach to the targets, or null
   * @throws org.ladang.kernel.LadangException when it must not serve
   */
  Object inspect(Bundle bundle, String component, Object service);

  /** Told when the last call has left the object. */
  void retired(Bundle bundle, Object service);
}
