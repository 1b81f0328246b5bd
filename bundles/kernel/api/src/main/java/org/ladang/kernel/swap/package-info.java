/**
 * What runs, and how it is replaced: passports, the store, generations, and the swap runner. For {@code registry} and
 * {@code deploy}; plugins have no business here.
 */
@Export
@Version("1.4.0")
package org.ladang.kernel.swap;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
