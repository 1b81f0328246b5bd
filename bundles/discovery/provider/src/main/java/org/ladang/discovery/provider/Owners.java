package org.ladang.discovery.provider;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Which bundles run: looked at once a tick, asked as often as one likes. */
final class Owners implements Predicate<String> {
  private final BundleContext context;
  private volatile Set<String> running = Set.of();

  Owners(BundleContext context) {
    this.context = context;
    look();
  }

  void look() {
    Set<String> now = new HashSet<>();
    for (Bundle bundle : context.getBundles()) {
      // A lazy bundle is STARTING for as long as nobody has asked for a class of it.
      if ((bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0) {
        now.add(bundle.getSymbolicName());
      }
    }
    running = now;
  }

  @Override
  public boolean test(String symbolicName) {
    return running.contains(symbolicName);
  }
}
