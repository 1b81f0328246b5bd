package org.ladang.shard.provider.backup;

import java.nio.file.Path;
import org.ladang.kernel.LadangException;

/** What is said when a backup or a restore cannot be. */
final class BackupRefusals {
  private BackupRefusals() {}

  static LadangException noSet(Path folder) {
    return new LadangException(
            "LADANG-SHARD-030", "There is no backup in " + folder + ": it has no manifest.json.")
        .next("shard:backups lists those that are there.");
  }

  static LadangException damaged(Path folder, String what, Throwable cause) {
    return new LadangException(
            "LADANG-SHARD-031",
            "The backup " + folder.getFileName() + " is damaged: " + what + ".",
            cause)
        .next("Nothing was changed. Take another one: shard:backups lists them.");
  }

  static LadangException newer(Path folder, int format) {
    return new LadangException(
            "LADANG-SHARD-031",
            "The backup "
                + folder.getFileName()
                + " was made by a newer Ladang (format "
                + format
                + ").")
        .next("Nothing was changed. Restore it with that one, or a newer one.");
  }

  static LadangException running() {
    return new LadangException("LADANG-SHARD-032", "A backup or a restore is under way.")
        .next("Wait for its end, then try again.");
  }

  static LadangException notMade(Throwable cause) {
    return new LadangException(
            "LADANG-SHARD-033", "The backup could not be made: " + reason(cause) + ".", cause)
        .next(
            "What was there before is as it was. See that the disk is there, not full, and may be written.");
  }

  static LadangException notRestored(Throwable cause) {
    return new LadangException(
            "LADANG-SHARD-034",
            "The backup could not be put in place: "
                + reason(cause)
                + ". The shards are as they were.",
            cause)
        .next("See that the disk is there, not full, and may be written.");
  }

  static LadangException unfinished(Path note, Throwable cause) {
    return new LadangException(
            "LADANG-SHARD-034",
            "A restore was cut off and cannot be finished: " + reason(cause) + ".",
            cause)
        .next(
            "See that the folders beside "
                + note
                + " may be written; it is tried again when data are asked for.");
  }

  static String reason(Throwable cause) {
    String said =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
  }
}
