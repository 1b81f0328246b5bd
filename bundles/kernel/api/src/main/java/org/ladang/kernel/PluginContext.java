package org.ladang.kernel;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A plugin's own view of the runtime. The kernel registers one for each plugin, visible to that plugin only; take it by
 * {@code @Reference} or as a constructor argument.
 */
@ProviderType
public interface PluginContext {
  /** The plugin's name, as in its passport. */
  String name();

  /** The plugin's version, as in its passport. */
  String version();

  /** A folder for the plugin's own files; exists, and survives upgrades. */
  Path dataDir();
}
