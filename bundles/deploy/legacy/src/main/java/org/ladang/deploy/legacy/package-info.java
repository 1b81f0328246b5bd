/** Makes bundles of jars that are none; part of the base, and the only place that knows bndlib. */
package org.ladang.deploy.legacy;
