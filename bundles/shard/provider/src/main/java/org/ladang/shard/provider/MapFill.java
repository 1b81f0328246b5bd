package org.ladang.shard.provider;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.ladang.shard.ShardCluster;

/**
 * Fills a map by weighted rendezvous hashing ("Weighted Distributed Hash Tables", Schindelhauer and Schomaker, 2005): of
 * all shards the one with the highest score has the bucket, so that a shard that is added takes from every other one and
 * nothing else moves. It only fills; where a bucket is at home is what the map says.
 */
final class MapFill {
  private static final double UNIT = 0x1p-53;

  private MapFill() {}

  /** The first map: every bucket with epoch 1. */
  static ShardMap fill(List<String> shards) {
    int[] home = new int[ShardCluster.BUCKETS];
    long[] epochs = new long[ShardCluster.BUCKETS];
    Arrays.fill(epochs, 1);
    List<byte[]> names = names(shards);
    for (int bucket = 0; bucket < home.length; bucket++) {
      home[bucket] = best(bucket, names);
    }
    return new ShardMap(1, shards, home, epochs);
  }

  /** The place of the shard that is to have a bucket. */
  static int choose(int bucket, List<String> shards) {
    return best(bucket, names(shards));
  }

  private static List<byte[]> names(List<String> shards) {
    return shards.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static int best(int bucket, List<byte[]> names) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < names.size(); i++) {
      double score = score(bucket, names.get(i), 1);
      if (score > most) {
        most = score;
        best = i;
      }
    }
    return best;
  }

  static double score(int bucket, String shard, int weight) {
    return score(bucket, shard.getBytes(StandardCharsets.UTF_8), weight);
  }

  private static double score(int bucket, byte[] name, int weight) {
    long hash = Xxh64.hash(name, bucket);
    double fraction = ((hash >>> 11) + 0.5) * UNIT;
    return -weight / Math.log(fraction);
  }
}
