/**
 * Actions, the unit of what can be asked of Ladang, and the one gate through which every call of one goes.
 */
@Export
@Version("1.1.0")
package org.ladang.kernel.action;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
