package org.ladang.shard.provider;

/** The bucket is not at home here, or has another epoch than the writer's map says: the map is to be read again. */
final class StaleRoute extends RuntimeException {
  StaleRoute(int bucket) {
    super("bucket " + bucket, null, false, false);
  }
}
