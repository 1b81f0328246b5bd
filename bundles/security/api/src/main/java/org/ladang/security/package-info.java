/** Who is calling: tokens, passwords and sessions become principals here, for every door. */
@Export
@Version("1.0.0")
package org.ladang.security;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
