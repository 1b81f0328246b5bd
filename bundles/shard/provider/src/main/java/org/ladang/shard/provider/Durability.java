package org.ladang.shard.provider;

/** What an acknowledged write survives. */
public enum Durability {
  /** That the process is killed at any moment; of a power failure, at most the last second is lost. */
  process,
  /** Also a power failure: the disk was told to keep it; many writers wait for one and the same telling. */
  power
}
