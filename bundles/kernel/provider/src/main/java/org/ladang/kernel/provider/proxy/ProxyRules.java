package org.ladang.kernel.provider.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ladang.kernel.LadangException;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/** What a swappable bundle may publish, and which of a service's properties its proxies carry. */
final class ProxyRules {
  // What stands for one registration only and would differ after each swap.
  private static final Set<String> OWN =
      Set.of(
          Constants.OBJECTCLASS,
          Constants.SERVICE_ID,
          Constants.SERVICE_BUNDLEID,
          Constants.SERVICE_SCOPE,
          "component.id");

  // Their publisher is known to the framework or to a listener by itself, not by its calls: no
  // proxy can stand for it.
  private static final Set<String> FORBIDDEN =
      Set.of(
          "org.osgi.service.component.ComponentFactory",
          "org.osgi.service.cm.ManagedService",
          "org.osgi.service.cm.ManagedServiceFactory",
          "org.osgi.service.cm.ConfigurationPlugin",
          "jakarta.servlet.Servlet",
          "jakarta.servlet.Filter",
          "javax.servlet.Servlet",
          "javax.servlet.Filter");

  private final Swappable swappable;

  ProxyRules(Swappable swappable) {
    this.swappable = swappable;
  }

  static Map<String, Object> properties(ServiceReference<?> reference) {
    Map<String, Object> properties = new HashMap<>();
    for (String key : reference.getPropertyKeys()) {
      if (!OWN.contains(key)) {
        properties.put(key, reference.getProperty(key));
      }
    }
    properties.put(ServiceVeil.OWNER, reference.getBundle().getSymbolicName());
    return properties;
  }

  /**
   * Whether the service is not the bundle's own doing: Declarative Services register a {@code ManagedService} without a
   * PID in the name of each bundle that has a configured component, to learn which configurations it may see.
   */
  static boolean plumbing(ServiceReference<?> reference) {
    String[] types = (String[]) reference.getProperty(Constants.OBJECTCLASS);
    return types.length == 1
        && types[0].equals("org.osgi.service.cm.ManagedService")
        && reference.getProperty(Constants.SERVICE_PID) == null;
  }

  /** The interfaces of a service, loaded through its bundle. */
  List<Class<?>> interfaces(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    List<Class<?>> types = new ArrayList<>();
    for (String name : (String[]) reference.getProperty(Constants.OBJECTCLASS)) {
      if (FORBIDDEN.contains(name) || name.startsWith("org.osgi.framework.hooks.")) {
        throw refused(
            bundle, "publishes a " + name, "Ladang's doors and configuration do that for it");
      }
      types.add(load(bundle, name));
    }
    return types;
  }

  private Class<?> load(Bundle bundle, String name) {
    Class<?> type;
    try {
      type = bundle.loadClass(name);
    } catch (ClassNotFoundException e) {
      throw refused(bundle, "publishes " + name + ", which it cannot load", "import its package");
    }
    if (!type.isInterface()) {
      throw refused(
          bundle, "publishes the class " + name + " as a service", "publish an interface instead");
    }
    Bundle definer = FrameworkUtil.getBundle(type);
    if (definer != null && swappable.is(definer)) {
      throw refused(
          bundle,
          "publishes the interface " + name + " that it carries itself",
          "move the interface into an API bundle of its own");
    }
    return type;
  }

  static LadangException refused(Bundle bundle, String what, String instead) {
    return new LadangException(
            "LADANG-SWAP-010",
            bundle.getSymbolicName() + " " + bundle.getVersion() + " " + what + ".")
        .next(Character.toUpperCase(instead.charAt(0)) + instead.substring(1) + ".");
  }
}
