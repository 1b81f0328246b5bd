package org.ladang.kernel.provider.proxy;

import java.util.Collection;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.bundle.CollisionHook;

/**
 * Lets the kernel install a bundle beside another one of the same symbolic name and version, which is what a redeploy
 * needs. Nobody else may, and only among bundles of the store.
 */
public final class StoreCollisions implements CollisionHook {
  private final Bundle kernel;
  private final String store;

  /**
   * @param store how the locations of stored bundles begin
   */
  public StoreCollisions(Bundle kernel, String store) {
    this.kernel = kernel;
    this.store = store;
  }

  @Override
  public void filterCollisions(int operation, Bundle target, Collection<Bundle> candidates) {
    if (target.equals(kernel)) {
      candidates.removeIf(candidate -> candidate.getLocation().startsWith(store));
    }
  }
}
