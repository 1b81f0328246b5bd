package org.ladang.shard.provider;

import java.util.Map;
import org.ladang.shard.Table;

/**
 * The declared tables.
 *
 * @param version grows with each change while the cluster is open
 */
record Declared(long version, Map<String, Table> tables) {}
