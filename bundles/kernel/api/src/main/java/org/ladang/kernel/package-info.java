/**
 * What every room and every plugin may ask of the kernel: errors, events, durable state, time, meters, and the
 * annotations that make a bundle a plugin or a subsystem.
 */
@Export
@Version("1.1.0")
package org.ladang.kernel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
