package org.ladang.shard.provider;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.ladang.shard.ShardCluster;

/**
 * A whole map in one value: two bytes for each bucket's home, and after them its epoch where that is not 1, as bucket
 * and epoch.
 */
record MapBytes(int[] home, long[] epochs) {
  static byte[] encode(ShardMap map) {
    int late = 0;
    for (int bucket = 0; bucket < ShardCluster.BUCKETS; bucket++) {
      late += map.epoch(bucket) == 1 ? 0 : 1;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(ShardCluster.BUCKETS * Short.BYTES + late * (Short.BYTES + Long.BYTES));
    for (int bucket = 0; bucket < ShardCluster.BUCKETS; bucket++) {
      bytes.putShort((short) map.home(bucket));
    }
    for (int bucket = 0; bucket < ShardCluster.BUCKETS; bucket++) {
      if (map.epoch(bucket) != 1) {
        bytes.putShort((short) bucket);
        bytes.putLong(map.epoch(bucket));
      }
    }
    return bytes.array();
  }

  static MapBytes decode(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    int[] home = new int[ShardCluster.BUCKETS];
    long[] epochs = new long[ShardCluster.BUCKETS];
    Arrays.fill(epochs, 1);
    for (int bucket = 0; bucket < home.length; bucket++) {
      home[bucket] = bytes.getShort();
    }
    while (bytes.hasRemaining()) {
      int bucket = bytes.getShort();
      epochs[bucket] = bytes.getLong();
    }
    return new MapBytes(home, epochs);
  }
}
