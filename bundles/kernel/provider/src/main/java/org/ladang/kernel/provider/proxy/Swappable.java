package org.ladang.kernel.provider.proxy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;

/** Tells the bundles whose services are veiled: plugins and the providers of rooms. */
public final class Swappable {
  /** The capability of a plugin's passport. */
  public static final String PLUGIN = "ladang.plugin";

  /** The capability of a room's provider. */
  public static final String SUBSYSTEM = "ladang.subsystem";

  // Asked at every service event and look-up; a bundle id is never used twice within one framework.
  private final Map<Long, Boolean> known = new ConcurrentHashMap<>();

  /** Whether the bundle is a plugin or the provider of a room. */
  public boolean is(Bundle bundle) {
    if (bundle == null) {
      return false;
    }
    Boolean before = known.get(bundle.getBundleId());
    if (before != null) {
      return before;
    }
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null) {
      return false;
    }
    boolean is =
        !(revision.getDeclaredCapabilities(PLUGIN).isEmpty()
            && revision.getDeclaredCapabilities(SUBSYSTEM).isEmpty());
    known.put(bundle.getBundleId(), is);
    return is;
  }
}
