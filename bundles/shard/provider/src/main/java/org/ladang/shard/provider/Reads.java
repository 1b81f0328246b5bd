package org.ladang.shard.provider;

/** Which copy of a shard is read while both are good. */
public enum Reads {
  /** The one that is written. */
  primary,
  /** The one that follows; every row says how far it may be behind. */
  replica,
  /** The one that the room balancer picks. */
  balanced
}
