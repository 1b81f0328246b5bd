/**
 * The inbox: what was dropped into it, what became of it, and changing what runs.
 */
@Export
@Version("1.3.0")
package org.ladang.deploy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
