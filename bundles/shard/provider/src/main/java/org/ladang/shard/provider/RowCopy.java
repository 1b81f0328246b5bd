package org.ladang.shard.provider;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.shard.Table;

/**
 * Copies all rows from one engine to another, page by page, while the first may go on changing. A row that is not as it was
 * written is a failure as if its file could not be read, unless it is to be taken as it is.
 */
final class RowCopy {
  private static final int PAGE = 500;

  /** Told after each page. */
  interface Progress {
    /** So many rows are copied. */
    void copied(long rows);
  }

  private interface Sink {
    void take(List<RowState> page, long soFar) throws SQLException;
  }

  private RowCopy() {}

  /** Declares the tables there and copies their rows; returns how many. */
  static long copy(
      ShardEngine from,
      ShardEngine to,
      Map<String, Table> tables,
      boolean asItIs,
      Progress progress)
      throws SQLException {
    long rows = 0;
    for (Table table : tables.values()) {
      to.declare(table, Optional.empty());
      long before = rows;
      rows +=
          pages(
              from,
              table,
              asItIs,
              (page, soFar) -> {
                to.apply(page, 0);
                progress.copied(before + soFar);
              });
    }
    return rows;
  }

  /** Reads all rows, as a copy would; fails where the copy would. */
  static void read(ShardEngine from, Map<String, Table> tables) throws SQLException {
    for (Table table : tables.values()) {
      pages(from, table, false, (page, soFar) -> {});
    }
  }

  /** Reads the outbox to its end. */
  static void readOutbox(ShardEngine from) throws SQLException {
    List<OutboxEntry> page = from.entries(0, PAGE);
    while (!page.isEmpty()) {
      page = from.entries(page.get(page.size() - 1).number(), PAGE);
    }
  }

  private static long pages(ShardEngine from, Table table, boolean asItIs, Sink sink)
      throws SQLException {
    long rows = 0;
    Optional<Cursor> after = Optional.empty();
    boolean more = true;
    while (more) {
      ShardEngine.Rows page = from.scan(table, new Range(Optional.empty(), Map.of(), after, PAGE));
      List<RowState> states = new ArrayList<>(page.rows().size());
      for (StoredRow row : page.rows()) {
        if (!asItIs && !row.sound(table)) {
          throw H2Failures.damagedRow(table, row);
        }
        states.add(RowState.of(table, row));
      }
      rows += states.size();
      if (!states.isEmpty()) {
        sink.take(states, rows);
        RowState last = states.get(states.size() - 1);
        after = Optional.of(new Cursor(last.owner(), last.id()));
      }
      more = page.more();
    }
    return rows;
  }
}
