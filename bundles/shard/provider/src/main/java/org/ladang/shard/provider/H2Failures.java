package org.ladang.shard.provider;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What H2's error codes mean to a caller. */
final class H2Failures {
  private static final Logger LOG = LoggerFactory.getLogger(H2Failures.class);

  private static final Set<Integer> BUSY =
      Set.of(
          ErrorCode.LOCK_TIMEOUT_1,
          ErrorCode.DEADLOCK_1,
          ErrorCode.CONCURRENT_UPDATE_1,
          ErrorCode.DUPLICATE_KEY_1,
          ErrorCode.STATEMENT_WAS_CANCELED);

  /** The database cannot be used any more, or not at all, until it is opened again. */
  private static final Set<Integer> LOST =
      Set.of(
          ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
          ErrorCode.DATABASE_NOT_FOUND_1,
          ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1,
          ErrorCode.DATABASE_IS_READ_ONLY,
          ErrorCode.FILE_VERSION_ERROR_1,
          ErrorCode.WRONG_USER_OR_PASSWORD,
          ErrorCode.OBJECT_CLOSED,
          ErrorCode.GENERAL_ERROR_1);

  /** H2 has no such state. */
  private static final String ROW_STATE = "LADAM";

  private H2Failures() {}

  /** A failure that another one, which is told, has brought about. */
  static void unheard(Exception second) {
    LOG.atDebug().setCause(second).log("Tidying up failed, too");
  }

  /** A row that can be read and is not as it was written: its file is damaged. */
  static SQLException damagedRow(Table table, StoredRow row) {
    return new SQLException(
        "The row " + row.id() + " of " + row.owner() + " in " + table.name() + " is damaged",
        ROW_STATE,
        ErrorCode.FILE_CORRUPTED_1);
  }

  static boolean isDamagedRow(SQLException failure) {
    return ROW_STATE.equals(failure.getSQLState());
  }

  static boolean inUse(SQLException failure) {
    return root(failure).getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1;
  }

  /** Whether the engine is of no use any more after this. */
  static boolean lost(SQLException failure) {
    return LOST.contains(root(failure).getErrorCode());
  }

  static LadangException opening(String shard, String role, SQLException failure) {
    SQLException e = root(failure);
    String copy = "the " + role + " of " + shard;
    String repair =
        "shard:rebuild "
            + shard
            + " makes it again from the other copy; else put it back from a backup.";
    if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
      return new LadangException(
              "LADANG-SHARD-016", "The file of " + copy + " is in use by another process.", failure)
          .next("Stop the other process: a file has one.");
    }
    if (e.getErrorCode() == ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1
        || e.getErrorCode() == ErrorCode.DATABASE_NOT_FOUND_1) {
      return new LadangException(
              "LADANG-SHARD-012",
              "The file of " + copy + " was made here once and is gone.",
              failure)
          .next(repair);
    }
    return new LadangException(
            "LADANG-SHARD-012",
            "The file of " + copy + " cannot be opened: " + firstLine(e) + ".",
            failure)
        .next(repair);
  }

  static LadangException running(SQLException failure, boolean write) {
    SQLException e = root(failure);
    if (BUSY.contains(e.getErrorCode())
        || failure instanceof SQLTransientConnectionException && e == failure
        || failure.getCause() instanceof InterruptedException) {
      return new LadangException(
              "LADANG-SHARD-013", "The shard is too busy: it did not answer in time.", failure)
          .next("Try again; nothing was written.");
    }
    LadangException storage =
        new LadangException(
            "LADANG-SHARD-014", "The storage of the shard failed: " + firstLine(e) + ".", failure);
    return write
        ? storage.next("Read the row to see whether the write is there, then try again.")
        : storage.next("Try again; shard:stats tells how the shard does.");
  }

  /** HikariCP wraps what the database said. */
  private static SQLException root(SQLException failure) {
    return failure instanceof SQLTransientConnectionException
            && failure.getCause() instanceof SQLException cause
        ? cause
        : failure;
  }

  /** H2's message without its SQL statement, version and paths. */
  private static String firstLine(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      // Its own message tells of pages and chunks, and is the deepest of several that quote each
      // other.
      if (cause instanceof SQLException sql && sql.getErrorCode() == ErrorCode.FILE_CORRUPTED_1) {
        return "its file is damaged";
      }
    }
    String message = String.valueOf(e.getMessage()).split("[;\\n\\[]", 2)[0].strip();
    String plain = message.replaceAll("\"[^\"]*[/\\\\][^\"]*\"", "its file").replaceAll("\\.$", "");
    return plain.isEmpty() ? "error " + e.getErrorCode() : plain;
  }
}
