package org.ladang.kernel.provider.gate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.ladang.kernel.provider.proxy.Pulse;
import org.ladang.kernel.provider.proxy.Swappable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The services of others that the kernel itself calls: its own stable proxies of those from swappable bundles, and those
 * of the base. The raw ones, which the kernel alone would see too, are left out.
 */
public final class Spi<T> implements AutoCloseable {
  private final List<T> services = new CopyOnWriteArrayList<>();
  private final ServiceTracker<T, T> tracker;

  public Spi(BundleContext context, Swappable swappable, Class<T> type, Pulse pulse) {
    this(context, swappable, type, pulse, service -> {}, service -> {});
  }

  /**
   * @param came is told of each that comes
   * @param went is told of each that goes
   */
  public Spi(
      BundleContext context,
      Swappable swappable,
      Class<T> type,
      Pulse pulse,
      Consumer<T> came,
      Consumer<T> went) {
    tracker =
        new ServiceTracker<>(context, type, null) {
          @Override
          public T addingService(ServiceReference<T> reference) {
            if (swappable.is(reference.getBundle())) {
              return null;
            }
            T service = super.addingService(reference);
            if (service != null) {
              services.add(service);
              came.accept(service);
              pulse.beat();
            }
            return service;
          }

          @Override
          public void removedService(ServiceReference<T> reference, T service) {
            services.remove(service);
            went.accept(service);
            super.removedService(reference, service);
          }
        };
    tracker.open();
  }

  /** Those that are there now. */
  public List<T> all() {
    return services;
  }

  @Override
  public void close() {
    tracker.close();
  }
}
