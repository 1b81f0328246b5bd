package org.ladang.shard.provider;

import java.util.ArrayList;
import java.util.List;
import org.ladang.shard.ShardCluster;

/**
 * Which shard each bucket is at home on, and since which version of the map: a bucket's epoch. Immutable; a change makes
 * the next version, which is the epoch of the buckets that it moves.
 */
final class ShardMap {
  private final long version;
  private final List<String> shards;
  private final int[] home;
  private final long[] epochs;

  /**
   * @param home for each bucket the place of its shard in {@code shards}
   */
  ShardMap(long version, List<String> shards, int[] home, long[] epochs) {
    if (home.length != ShardCluster.BUCKETS || epochs.length != ShardCluster.BUCKETS) {
      throw new IllegalArgumentException("A map has " + ShardCluster.BUCKETS + " buckets");
    }
    this.version = version;
    this.shards = List.copyOf(shards);
    this.home = home.clone();
    this.epochs = epochs.clone();
  }

  long version() {
    return version;
  }

  List<String> shards() {
    return shards;
  }

  /** The place of the bucket's shard in {@link #shards}. */
  int home(int bucket) {
    return home[bucket];
  }

  String shard(int bucket) {
    return shards.get(home[bucket]);
  }

  long epoch(int bucket) {
    return epochs[bucket];
  }

  /** The buckets at home on a shard, ascending. */
  List<Integer> buckets(String shard) {
    int place = shards.indexOf(shard);
    List<Integer> found = new ArrayList<>();
    for (int bucket = 0; bucket < home.length; bucket++) {
      if (home[bucket] == place) {
        found.add(bucket);
      }
    }
    return found;
  }

  /** The next version, with one bucket at home elsewhere. */
  ShardMap moved(int bucket, String to) {
    int place = shards.indexOf(to);
    if (place < 0) {
      throw new IllegalArgumentException("No shard " + to);
    }
    int[] homes = home.clone();
    long[] since = epochs.clone();
    homes[bucket] = place;
    since[bucket] = version + 1;
    return new ShardMap(version + 1, shards, homes, since);
  }
}
