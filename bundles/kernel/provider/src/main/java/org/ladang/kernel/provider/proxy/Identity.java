package org.ladang.kernel.provider.proxy;

import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * What stays the same when a bundle is replaced: one proxy is registered for each identity.
 *
 * @param owner the symbolic name of the providing bundle
 * @param type the interface's name
 * @param component the DS component's name, else the service's pid, else empty
 * @param configuration the factory configuration's name; empty for a singleton
 */
record Identity(String owner, String type, String component, String configuration) {

  static Identity of(ServiceReference<?> reference, String type) {
    String pid = text(reference, Constants.SERVICE_PID);
    String component = text(reference, "component.name");
    boolean factory = reference.getProperty("service.factoryPid") != null;
    // A service that has vanished in the meantime belongs to nobody.
    Bundle owner = reference.getBundle();
    return new Identity(
        owner == null ? "" : owner.getSymbolicName(),
        type,
        component.isEmpty() ? pid : component,
        factory ? pid : "");
  }

  private static String text(ServiceReference<?> reference, String key) {
    return reference.getProperty(key) instanceof String s ? s : "";
  }

  @Override
  public String toString() {
    return type
        + " of "
        + owner
        + (component.isEmpty() ? "" : " (" + component + ")")
        + (configuration.isEmpty() ? "" : " [" + configuration + "]");
  }
}
