package org.ladang.kernel.provider.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.PluginContext;
import org.ladang.kernel.provider.proxy.ServiceVeil;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link PluginContext} of one plugin's bundle, visible to that bundle only while it is open. */
final class OwnContext implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnContext.class);

  private final BundleContext kernel;
  private final Bundle bundle;
  private final Said said;
  private ServiceRegistration<?> registration;

  private record Said(String name, String version, Path dataDir) implements PluginContext {}

  OwnContext(BundleContext kernel, Bundle bundle, String name, String version, Path folder) {
    this.kernel = kernel;
    this.bundle = bundle;
    this.said = new Said(name, version, folder);
  }

  /** Makes the folder where there is none, and lets the bundle see its context. */
  synchronized void open() {
    if (registration != null) {
      return;
    }
    try {
      Files.createDirectories(said.dataDir());
    } catch (IOException e) {
      throw new LadangException(
          "LADANG-SWAP-017",
          "The data folder of plugin " + said.name() + " could not be made: " + e.getMessage(),
          e);
    }
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put(ServiceVeil.FOR_BUNDLE, bundle.getBundleId());
    registration = kernel.registerService(PluginContext.class, said, properties);
  }

  @Override
  public synchronized void close() {
    if (registration != null) {
      try {
        registration.unregister();
      } catch (IllegalStateException e) {
        LOG.debug("already unregistered", e);
      }
      registration = null;
    }
  }
}
