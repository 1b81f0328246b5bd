/**
 * The shell without its doors: words in, text and exit code out. The front (terminal, Gogo, Unix domain socket) lives in
 * the base; what parses, calls and renders can be replaced while people are connected.
 */
@Export
@Version("1.0.0")
package org.ladang.shell;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
