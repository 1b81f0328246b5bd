package org.ladang.shard.provider;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the cluster is to run; {@link ShardedCluster.Config} in types.
 *
 * @param shards how many shards a new cluster gets
 * @param folder where the catalogue and the shards lie
 * @param replicaFolder where the replicas lie
 */
record ClusterSettings(
    int shards,
    Path folder,
    Path replicaFolder,
    Replicas replicas,
    Reads reads,
    Durability durability,
    int connections,
    int permits,
    int cacheKb,
    boolean readOnly,
    int outboxRows,
    Duration idle,
    long capacityBytes) {

  /** A primary's share of the pages in memory; a replica, which is hardly read, gets a fourth of that. */
  H2ShardEngine.Settings primary(int ofShards) {
    return new H2ShardEngine.Settings(connections, Math.max(256, cacheKb * 4 / 5 / ofShards));
  }

  H2ShardEngine.Settings replica(int ofShards) {
    return new H2ShardEngine.Settings(connections, Math.max(64, cacheKb / 5 / ofShards));
  }
}
