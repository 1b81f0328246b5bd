package org.ladang.kernel.provider.proxy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;

/**
 * Who sees which service. The raw services of swappable bundles are seen by themselves and the kernel, for ever; the
 * kernel's proxies of them by everyone else; a plugin's context by that plugin alone.
 */
public final class ServiceVeil implements FindHook, EventListenerHook {
  /** On a proxy: the symbolic name of the bundle it stands for. */
  public static final String OWNER = "ladang.owner";

  /** On a service of the kernel: the id of the only bundle that sees it. */
  public static final String FOR_BUNDLE = "ladang.for.bundle";

  private final Bundle kernel;
  private final Swappable swappable;

  /**
   * @param kernel the kernel's own bundle
   */
  public ServiceVeil(Bundle kernel, Swappable swappable) {
    this.kernel = kernel;
    this.swappable = swappable;
  }

  @Override
  public void find(
      BundleContext context,
      String name,
      String filter,
      boolean all,
      Collection<ServiceReference<?>> references) {
    Bundle asking = bundleOf(context);
    references.removeIf(reference -> hidden(reference, asking));
  }

  @Override
  public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
    ServiceReference<?> reference = event.getServiceReference();
    for (BundleContext context : List.copyOf(listeners.keySet())) {
      if (hidden(reference, bundleOf(context))) {
        listeners.remove(context);
      }
    }
  }

  /** The context's bundle; null once the context is no longer valid, and then nothing needs hiding. */
  private static Bundle bundleOf(BundleContext context) {
    try {
      return context.getBundle();
    } catch (IllegalStateException e) {
      return null;
    }
  }

  private boolean hidden(ServiceReference<?> reference, Bundle asking) {
    Bundle provider = reference.getBundle();
    if (provider == null || asking == null || asking == kernel || asking.getBundleId() == 0) {
      return false;
    }
    if (provider == kernel) {
      Object only = reference.getProperty(FOR_BUNDLE);
      if (only != null) {
        return !only.equals(asking.getBundleId());
      }
      Object owner = reference.getProperty(OWNER);
      return owner != null && owner.equals(asking.getSymbolicName());
    }
    return provider != asking && swappable.is(provider);
  }
}
