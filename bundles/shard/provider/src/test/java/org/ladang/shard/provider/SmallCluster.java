package org.ladang.shard.provider;

import java.nio.file.Path;
import java.time.Duration;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;

/** A cluster of a few shards, for tests that open it again and again. */
final class SmallCluster {
  static final int SHARDS = 3;

  private SmallCluster() {}

  static ClusterSettings settings(Path root, Replicas replicas) {
    return new ClusterSettings(
        SHARDS,
        root.resolve("data/shards"),
        root.resolve("data/replicas"),
        replicas,
        Reads.primary,
        Durability.process,
        5,
        64,
        16_384,
        false,
        1_000,
        Duration.ofSeconds(300),
        1L << 30);
  }

  static ShardedCluster open(Path root, Clock clock, Events events) {
    return open(root, "test-node", clock, events, Steps.NONE);
  }

  static ShardedCluster open(Path root, String node, Clock clock, Events events, Steps steps) {
    return new ShardedCluster(
        settings(root, Replicas.sync),
        node,
        clock,
        new Fakes.TestMeters(),
        events,
        new Fakes.TestScheduler(),
        steps);
  }
}
