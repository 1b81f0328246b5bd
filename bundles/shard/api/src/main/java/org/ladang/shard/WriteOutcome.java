package org.ladang.shard;

import java.util.List;

/** How one write ended. */
public sealed interface WriteOutcome {
  /** Whose row. */
  String owner();

  /** Which row. */
  String id();

  /**
   * The row is written, and survives {@code kill -9}.
   *
   * @param version its version now
   * @param warnings sentences about what is not as it should be though the write stands, for example a replica that is
   *     gone; usually empty
   */
  record Written(String owner, String id, long version, List<String> warnings)
      implements WriteOutcome {
    public Written {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The row is not there any more.
   *
   * @param existed whether it was there before
   * @param warnings as for {@link Written}
   */
  record Deleted(String owner, String id, boolean existed, List<String> warnings)
      implements WriteOutcome {
    public Deleted {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Nothing was written for this owner by this batch.
   *
   * @param code the stable code, as {@link ShardCluster} lists them
   * @param sentence why
   */
  record Refused(String owner, String id, String code, String sentence) implements WriteOutcome {}
}
