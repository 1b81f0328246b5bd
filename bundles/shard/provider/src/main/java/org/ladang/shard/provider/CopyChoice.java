package org.ladang.shard.provider;

/** Which copy of a shard a read goes to while both are in step. Safe for any thread; takes no lock. */
interface CopyChoice {
  /** Always the primary. */
  CopyChoice PRIMARY =
      new CopyChoice() {
        @Override
        public boolean replica(String shard) {
          return false;
        }

        @Override
        public void done(String shard, boolean replica, boolean good, long nanos) {
          // Nobody wants to know.
        }
      };

  /** Always the replica. */
  CopyChoice REPLICA =
      new CopyChoice() {
        @Override
        public boolean replica(String shard) {
          return true;
        }

        @Override
        public void done(String shard, boolean replica, boolean good, long nanos) {
          // Nobody wants to know.
        }
      };

  /** Whether the next read of that shard goes to the replica; {@link #done} is told how it went. */
  boolean replica(String shard);

  /** A read has ended that was chosen for. */
  void done(String shard, boolean replica, boolean good, long nanos);
}
