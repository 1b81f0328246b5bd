package org.ladang.shard.provider;

/** How the second copy of a shard follows the first. */
public enum Replicas {
  /** A write is acknowledged when both copies have it. */
  sync,
  /** A write is acknowledged when the first copy has it; the second follows within a fraction of a second. */
  async,
  /** There is one copy only. */
  none
}
