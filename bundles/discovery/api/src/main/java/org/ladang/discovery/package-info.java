/** Who offers what, whether it is alive, and calls that go to one of several that offer the same. */
@Export
@Version("1.0.0")
package org.ladang.discovery;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
