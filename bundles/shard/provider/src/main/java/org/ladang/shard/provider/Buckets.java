package org.ladang.shard.provider;

import java.nio.charset.StandardCharsets;
import org.ladang.shard.ShardCluster;

/** Which bucket an owner belongs to: the lowest 14 bits of the XXH64 (seed 0) of its UTF-8 bytes, for ever. */
final class Buckets {
  private Buckets() {}

  static int of(String owner) {
    long hash = Xxh64.hash(owner.getBytes(StandardCharsets.UTF_8), 0);
    return (int) (hash & (ShardCluster.BUCKETS - 1));
  }
}
