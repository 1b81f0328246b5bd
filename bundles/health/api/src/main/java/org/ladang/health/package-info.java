/** How the runtime and its plugins are: health checks, run and told in words. */
@Export
@Version("1.0.0")
package org.ladang.health;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
