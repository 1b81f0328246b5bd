package org.ladang.config.provider;

import org.ladang.config.Schema;
import org.osgi.framework.Version;

/**
 * A schema and whose it is.
 *
 * @param schema what can be configured; its name is the PID until {@link Names} gives a better one
 * @param owner the room or plugin that the bundle provides; empty for others
 * @param bundleId the bundle that declares it
 * @param version the bundle's version
 */
record Declared(Schema schema, String owner, long bundleId, Version version) {
  String pid() {
    return schema.pid();
  }
}
