/** Which of several endpoints gets the next call: pools of endpoints, and the algorithms that pick among them. */
@Export
@Version("1.1.0")
package org.ladang.balancer;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
