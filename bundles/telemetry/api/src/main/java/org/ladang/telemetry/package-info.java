/** What was measured, over time: recorded every ten seconds, kept over restarts, read as values. */
@Export
@Version("1.0.0")
package org.ladang.telemetry;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
