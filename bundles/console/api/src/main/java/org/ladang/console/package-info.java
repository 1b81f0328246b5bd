/**
 * The web as values: what the front door hands to the swappable provider, and what it takes back. No servlet type, so
 * that a provider can be replaced while requests wait.
 */
@Export
@Version("1.0.0")
package org.ladang.console;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
