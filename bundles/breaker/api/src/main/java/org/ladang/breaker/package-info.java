/**
 * Policies around calls that may fail: fallback, retry, breaker, rate limit, bulkhead and time limit, in this order from
 * the outside to the inside.
 */
@Export
@Version("1.0.0")
package org.ladang.breaker;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
