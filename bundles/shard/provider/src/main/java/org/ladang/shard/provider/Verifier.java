package org.ladang.shard.provider;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ladang.shard.Table;

/**
 * Compares the copies of a shard, and its rows with the map. Goes page by page along the key; for each page writers and
 * replication pause for some milliseconds, so that both copies are seen at one and the same moment.
 */
final class Verifier {
  private static final int PAGE = 500;
  private static final int MAX_PROBLEMS = 10;
  private static final Comparator<Cursor> ORDER =
      Comparator.comparing(Cursor::owner).thenComparing(Cursor::id);

  /** Runs something while nothing is written and the replica has all that was. */
  interface Pause {
    /** Runs it. */
    void during(Work work) throws SQLException;
  }

  /** What is done in a pause. */
  interface Work {
    /** Does it. */
    void run() throws SQLException;
  }

  private record Seen(Cursor last, boolean more) {}

  private final String shard;
  private final ShardEngine primary;
  private final Optional<ShardEngine> replica;
  private final ShardMap map;
  private final Pause pause;
  private final List<String> problems = new ArrayList<>();
  private long rows;
  private long checksum;
  private long different;
  private long misplaced;
  private long againstPrimary;
  private long againstReplica;
  private Optional<Seen> seen = Optional.empty();

  Verifier(
      String shard, ShardEngine primary, Optional<ShardEngine> replica, ShardMap map, Pause pause) {
    this.shard = shard;
    this.primary = primary;
    this.replica = replica;
    this.map = map;
    this.pause = pause;
  }

  Verification verify(Map<String, Table> tables) throws SQLException {
    pause.during(this::buckets);
    for (Table table : tables.values()) {
      Optional<Cursor> after = Optional.empty();
      boolean more = true;
      while (more) {
        Optional<Cursor> from = after;
        pause.during(() -> page(table, from));
        after = seen.map(Seen::last);
        more = seen.isPresent() && seen.get().more();
      }
    }
    return new Verification(
        shard,
        rows,
        String.format("%016x", checksum),
        different,
        misplaced,
        againstPrimary,
        againstReplica,
        List.copyOf(problems));
  }

  private void buckets() throws SQLException {
    Map<Integer, Long> owned = primary.owned();
    for (int bucket : map.buckets(shard)) {
      Long epoch = owned.remove(bucket);
      if (epoch == null || epoch != map.epoch(bucket)) {
        misplaced++;
        againstPrimary++;
        problem("The bucket " + bucket + " is at home here by the map, and not by the shard.");
      }
    }
    misplaced += owned.size();
    againstPrimary += owned.size();
    owned.keySet().forEach(b -> problem("The bucket " + b + " is at home elsewhere by the map."));
    if (replica.isPresent() && !replica.get().owned().equals(primary.owned())) {
      // By the map it is then the primary that knows the wrong ones, or the replica.
      againstReplica += againstPrimary == 0 ? 1 : 0;
      problem("The replica does not know the same buckets as the primary.");
    }
  }

  private void page(Table table, Optional<Cursor> after) throws SQLException {
    Range range = new Range(Optional.empty(), Map.of(), after, PAGE);
    ShardEngine.Rows first = primary.scan(table, range);
    first.rows().forEach(row -> count(table, row));
    if (replica.isEmpty()) {
      first.rows().stream().filter(r -> !r.sound(table)).forEach(r -> damaged(table, r, "primary"));
      seen = first.rows().isEmpty() ? Optional.empty() : Optional.of(end(first));
      return;
    }
    ShardEngine.Rows second = replica.get().scan(table, range);
    // Only as far as both pages reach: what lies behind is compared with the next ones.
    Optional<Cursor> bound = bound(first, second);
    Map<Cursor, StoredRow> there = new TreeMap<>(ORDER);
    second.rows().forEach(r -> there.put(key(r), r));
    for (StoredRow row : first.rows()) {
      if (bound.isPresent() && ORDER.compare(key(row), bound.get()) > 0) {
        uncount(table, row);
        continue;
      }
      compare(table, row, Optional.ofNullable(there.remove(key(row))));
    }
    for (StoredRow row : there.values()) {
      if (bound.isEmpty() || ORDER.compare(key(row), bound.get()) <= 0) {
        againstPrimary += row.sound(table) ? 1 : 0;
        againstReplica += row.sound(table) ? 0 : 1;
        differs(table, row, "is only on");
      }
    }
    seen = bound.map(b -> new Seen(b, true));
  }

  private void compare(Table table, StoredRow row, Optional<StoredRow> other) {
    boolean sound = row.sound(table);
    if (!sound) {
      damaged(table, row, "primary");
    }
    if (other.isEmpty()) {
      againstReplica += sound ? 1 : 0;
      differs(table, row, "is missing on");
    } else if (!other.get().sound(table)) {
      damaged(table, row, Shard.REPLICA);
    } else if (sound && !row.equals(other.get())) {
      // The later one is what was acknowledged last; of two that are equally late the primary's.
      boolean older = row.version() < other.get().version();
      againstPrimary += older ? 1 : 0;
      againstReplica += older ? 0 : 1;
      differs(table, row, "is not the same on");
    }
  }

  private static Seen end(ShardEngine.Rows rows) {
    return new Seen(key(rows.rows().get(rows.rows().size() - 1)), rows.more());
  }

  /** The smaller of the last keys of those that have more; empty when neither has. */
  private static Optional<Cursor> bound(ShardEngine.Rows first, ShardEngine.Rows second) {
    List<Cursor> ends = new ArrayList<>();
    for (ShardEngine.Rows rows : List.of(first, second)) {
      if (rows.more()) {
        ends.add(end(rows).last());
      }
    }
    return ends.stream().min(ORDER);
  }

  private static Cursor key(StoredRow row) {
    return new Cursor(row.owner(), row.id());
  }

  private void count(Table table, StoredRow row) {
    rows++;
    checksum += hash(table, row);
    int bucket = Buckets.of(row.owner());
    if (!map.shard(bucket).equals(shard)) {
      misplaced++;
      problem(
          "The row "
              + row.id()
              + " of "
              + row.owner()
              + " in \""
              + table.name()
              + "\" is at home on "
              + map.shard(bucket)
              + ".");
    }
  }

  private void uncount(Table table, StoredRow row) {
    rows--;
    checksum -= hash(table, row);
  }

  private static long hash(Table table, StoredRow row) {
    String text =
        table.name()
            + '\u0000'
            + row.owner()
            + '\u0000'
            + row.id()
            + '\u0000'
            + row.version()
            + '\u0000'
            + row.content().columns()
            + '\u0000'
            + row.content().document();
    return Xxh64.hash(text.getBytes(StandardCharsets.UTF_8), 0);
  }

  private void differs(Table table, StoredRow row, String how) {
    different++;
    problem(
        "The row "
            + row.id()
            + " of "
            + row.owner()
            + " in \""
            + table.name()
            + "\" "
            + how
            + " the replica.");
  }

  private void damaged(Table table, StoredRow row, String copy) {
    different++;
    againstPrimary += copy.equals(Shard.REPLICA) ? 0 : 1;
    againstReplica += copy.equals(Shard.REPLICA) ? 1 : 0;
    problem(
        "The row "
            + row.id()
            + " of "
            + row.owner()
            + " in \""
            + table.name()
            + "\" is not as it was written on the "
            + copy
            + ".");
  }

  private void problem(String sentence) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(sentence);
    }
  }
}
