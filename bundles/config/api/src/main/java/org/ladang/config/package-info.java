/**
 * What can be configured, what is in effect and which layer won, and every change with its author and reason. For
 * doors and rooms that show or change configuration; a component gets its own by Declarative Services.
 */
@Export
@Version("1.1.0")
package org.ladang.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
