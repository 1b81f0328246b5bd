package org.ladang.shard.provider;

import java.nio.file.Path;
import java.time.Duration;

/** Builds clusters that differ from the usual one in a setting or two. */
final class TestCluster {
  final Path root;
  final Fakes.TestClock clock = new Fakes.TestClock();
  final Fakes.TestEvents events = new Fakes.TestEvents();
  int shards = 2;
  Replicas replicas = Replicas.sync;
  Reads reads = Reads.primary;
  Durability durability = Durability.process;
  int permits = 64;
  int outboxRows = 100_000;
  Duration idle = Duration.ofMinutes(5);
  long capacity = 1L << 30;
  Steps steps = Steps.NONE;

  TestCluster(Path root) {
    this.root = root;
  }

  /** A cluster whose upkeep runs when the test says so. */
  ShardedCluster open() {
    ClusterSettings settings =
        new ClusterSettings(
            shards,
            root.resolve("shards"),
            root.resolve("replicas"),
            replicas,
            reads,
            durability,
            10,
            permits,
            16_384,
            false,
            outboxRows,
            idle,
            capacity);
    return new ShardedCluster(
        settings,
        "test-node",
        clock,
        new Fakes.TestMeters(),
        events,
        new Fakes.NoScheduler(),
        steps);
  }

  Path primary(String shard) {
    return root.resolve("shards").resolve(shard).resolve("primary.mv.db");
  }

  Path replica(String shard) {
    return root.resolve("replicas").resolve(shard).resolve("replica.mv.db");
  }

  static String home(ShardedCluster cluster, String owner) {
    return cluster.opened().map().shard(Buckets.of(owner));
  }

  /** An owner at home on that shard. */
  static String ownerOn(ShardedCluster cluster, String shard) {
    for (int i = 0; ; i++) {
      if (home(cluster, "owner-" + i).equals(shard)) {
        return "owner-" + i;
      }
    }
  }
}
