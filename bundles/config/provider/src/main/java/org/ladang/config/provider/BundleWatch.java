package org.ladang.config.provider;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;

/**
 * Sees bundles come and go. Synchronous, because a bundle that is resolved but not yet started is the last moment at
 * which its components can still find their configuration when they activate.
 */
final class BundleWatch implements SynchronousBundleListener {
  private static final int THERE =
      Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;
  private static final List<String> DECLARING = List.of("metatype.pid", "metatype.factory.pid");

  private final Consumer<Bundle> arrived;
  private final LongConsumer gone;

  BundleWatch(Consumer<Bundle> arrived, LongConsumer gone) {
    this.arrived = arrived;
    this.gone = gone;
  }

  /** Begins to watch, and tells of the bundles that are there. */
  void open(BundleContext context) {
    context.addBundleListener(this);
    for (Bundle bundle : context.getBundles()) {
      if ((bundle.getState() & THERE) != 0 && declares(bundle)) {
        arrived.accept(bundle);
      }
    }
  }

  void close(BundleContext context) {
    context.removeBundleListener(this);
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    Bundle bundle = event.getBundle();
    switch (event.getType()) {
      case BundleEvent.RESOLVED, BundleEvent.STARTED -> {
        if (event.getType() == BundleEvent.RESOLVED ? documents(bundle) : services(bundle)) {
          arrived.accept(bundle);
        }
      }
      case BundleEvent.UNRESOLVED, BundleEvent.UNINSTALLED -> gone.accept(bundle.getBundleId());
      default -> {
        // Nothing that changes what is declared.
      }
    }
  }

  private static boolean declares(Bundle bundle) {
    return documents(bundle) || services(bundle);
  }

  private static boolean documents(Bundle bundle) {
    return bundle.getBundleId() != 0
        && bundle.findEntries("OSGI-INF/metatype", "*.xml", false) != null;
  }

  /** Some bundles declare by a service instead of a document. */
  private static boolean services(Bundle bundle) {
    ServiceReference<?>[] services = bundle.getRegisteredServices();
    for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
      if (DECLARING.stream().anyMatch(key -> service.getProperty(key) != null)) {
        return true;
      }
    }
    return false;
  }
}
