package org.ladang.shard.provider.backup;

/** The steps of backup and restore after which a killed process leaves other files. */
public enum BackupStep {
  /** A file of a set is complete, and not yet kept by the disk. */
  COPIED,
  /** A file or folder is kept by the disk. */
  FORCED,
  /** A small file is written under its temporary name. */
  WRITTEN,
  /** A file or folder has its new name. */
  MOVED,
  /** A file is deleted. */
  DELETED,
  /** The restored files are open and what they should be. */
  CHECKED
}
