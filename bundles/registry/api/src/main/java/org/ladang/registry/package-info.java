/**
 * What plugins there are, what they need of each other, and the bare contract for those who want it.
 */
@Export
@Version("1.1.0")
package org.ladang.registry;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
