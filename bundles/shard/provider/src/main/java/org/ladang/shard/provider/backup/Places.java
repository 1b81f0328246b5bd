package org.ladang.shard.provider.backup;

import java.nio.file.Path;

/**
 * Where a cluster's files lie.
 *
 * @param shards the folder of the catalogue and the primaries
 * @param replicas the folder of the replicas; it need not be there
 * @param replicated whether shards have replicas
 */
public record Places(Path shards, Path replicas, boolean replicated) {}
