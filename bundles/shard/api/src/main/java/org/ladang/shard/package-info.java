/**
 * Sharded data: declared tables of rows, each row at home with its owner. Values only: no connection, statement or
 * stream leaves the room.
 */
@Export
@Version("1.1.0")
package org.ladang.shard;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
