package org.ladang.shard.provider;

/** The steps after which a process may be killed and after which the files differ. */
enum Step {
  /** A transaction on the primary begins. */
  WRITE,
  /** The rows' buckets are locked and at home here. */
  BUCKETS_LOCKED,
  /** Rows and outbox are written, and not yet committed. */
  ROWS_STORED,
  /** The primary has committed. */
  WRITE_COMMITTED,
  /** Rows are written to the replica, and not yet committed. */
  REPLICA_STORED,
  /** The replica has committed. */
  REPLICA_COMMITTED,
  /** The blank file is made, of which new files are copies. */
  BLANK_MADE,
  /** A new file is written beside the place where it is to lie: a copy of the blank one, or of a new primary. */
  FILE_COPIED,
  /** It has its name. */
  FILE_NAMED,
  /** A new primary knows its buckets. */
  PRIMARY_MADE,
  /** A new replica knows its buckets. */
  REPLICA_MADE,
  /** A shard's files are made; the catalogue does not know it yet. */
  SHARD_MADE,
  /** A rebuild has made the new, empty file. */
  REBUILD_BEGUN,
  /** A rebuild has copied a page of rows. */
  REBUILD_COPIED,
  /** The new file is complete and closed. */
  REBUILD_CLOSED,
  /** The damaged file has been put aside. */
  REBUILD_ASIDE,
  /** The new file has its name. */
  REBUILD_RENAMED
}
