package org.ladang.shard.provider;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Row;
import org.ladang.shard.Table;
import org.ladang.shard.Write;
import org.ladang.shard.WriteOutcome;

/**
 * Writes to tables that have values which may stand in one row only: claims them, writes, and settles the claims by what
 * the rows hold then. Writers of the same row take turns, so that what a row gave up is not taken for what it holds.
 */
final class LookupWrites {
  private static final int STRIPES = 256;
  private static final long WAIT_SECONDS = 10;
  private static final String UNKNOWN = "LADANG-SHARD-014";

  private record Key(String table, String owner, String id) {}

  private final Lookup lookup;
  private final Lookup.Rows rows;
  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

  LookupWrites(Lookup lookup, Lookup.Rows rows) {
    this.lookup = lookup;
    this.rows = rows;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  /** Whether any of the writes goes to such a table. */
  static boolean concerns(List<Write> writes, Map<String, Table> tables) {
    for (Write write : writes) {
      Table table = tables.get(write.table());
      if (table != null && Lookup.concerns(table)) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param plain writes and returns how each write ended
   */
  List<WriteOutcome> run(
      List<Write> writes,
      Map<String, Table> tables,
      Function<List<Write>, List<WriteOutcome>> plain) {
    Set<Key> keys = new LinkedHashSet<>();
    for (Write write : writes) {
      Table table = tables.get(write.table());
      if (table != null && Lookup.concerns(table)) {
        keys.add(new Key(write.table(), write.owner(), write.id()));
      }
    }
    List<ReentrantLock> held = lock(keys);
    try {
      return locked(writes, tables, keys, plain);
    } finally {
      held.forEach(ReentrantLock::unlock);
    }
  }

  private List<ReentrantLock> lock(Set<Key> keys) {
    TreeSet<Integer> places = new TreeSet<>();
    keys.forEach(k -> places.add(Math.floorMod(k.hashCode(), STRIPES)));
    List<ReentrantLock> held = new ArrayList<>();
    boolean all = false;
    try {
      for (int place : places) {
        if (!stripes[place].tryLock(WAIT_SECONDS, TimeUnit.SECONDS)) {
          throw Refusals.busy();
        }
        held.add(stripes[place]);
      }
      all = true;
      return held;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusals.interrupted(e);
    } finally {
      if (!all) {
        held.forEach(ReentrantLock::unlock);
      }
    }
  }

  private List<WriteOutcome> locked(
      List<Write> writes,
      Map<String, Table> tables,
      Set<Key> keys,
      Function<List<Write>, List<WriteOutcome>> plain) {
    Map<Key, List<Lookup.Value>> before = new HashMap<>();
    for (Key key : keys) {
      Optional<Row> row = rows.get(key.table(), key.owner(), key.id());
      before.put(
          key,
          row.map(r -> Lookup.values(tables.get(key.table()), r.owner(), r.id(), r.fields()))
              .orElse(List.of()));
    }
    List<Lookup.Value> claimed = new ArrayList<>();
    WriteOutcome[] outcomes = new WriteOutcome[writes.size()];
    boolean known = false;
    try {
      Map<String, List<Integer>> owners = new LinkedHashMap<>();
      for (int i = 0; i < writes.size(); i++) {
        owners.computeIfAbsent(writes.get(i).owner(), o -> new ArrayList<>()).add(i);
      }
      owners.values().forEach(group -> claim(group, writes, tables, before, claimed, outcomes));
      List<Write> left = new ArrayList<>();
      for (int i = 0; i < writes.size(); i++) {
        if (outcomes[i] == null) {
          left.add(writes.get(i));
        }
      }
      List<WriteOutcome> ends = left.isEmpty() ? List.of() : plain.apply(left);
      int next = 0;
      for (int i = 0; i < outcomes.length; i++) {
        outcomes[i] = outcomes[i] == null ? ends.get(next++) : outcomes[i];
      }
      known = true;
      return List.of(outcomes);
    } catch (LadangException e) {
      known = !e.code().equals(UNKNOWN);
      throw e;
    } finally {
      settle(claimed, before, known);
    }
  }

  /** Claims what the writes of one owner need; when one is refused, none of them is written. */
  private void claim(
      List<Integer> group,
      List<Write> writes,
      Map<String, Table> tables,
      Map<Key, List<Lookup.Value>> before,
      List<Lookup.Value> claimed,
      WriteOutcome[] outcomes) {
    for (int i : group) {
      try {
        for (Lookup.Value value : wanted(writes.get(i), tables, before)) {
          if (!claimed.contains(value)) {
            lookup.claim(value);
            claimed.add(value);
          }
        }
      } catch (LadangException e) {
        for (int other : group) {
          Write write = writes.get(other);
          outcomes[other] =
              other == i
                  ? new WriteOutcome.Refused(write.owner(), write.id(), e.code(), e.getMessage())
                  : WritePlan.groupRefused(write.owner(), write.id(), writes.get(i).id());
        }
        return;
      }
    }
  }

  private static List<Lookup.Value> wanted(
      Write write, Map<String, Table> tables, Map<Key, List<Lookup.Value>> before) {
    Table table = tables.get(write.table());
    if (table == null || !Lookup.concerns(table) || !(write instanceof Write.Put put)) {
      return List.of();
    }
    List<Lookup.Value> wanted =
        new ArrayList<>(Lookup.values(table, put.owner(), put.id(), put.fields()));
    wanted.removeAll(before.get(new Key(write.table(), write.owner(), write.id())));
    return wanted;
  }

  /** The write stands or does not: entries that cannot be settled now are left to the sweep. */
  private void settle(
      List<Lookup.Value> claimed, Map<Key, List<Lookup.Value>> before, boolean known) {
    for (Lookup.Value value : claimed) {
      quietly(value, known ? lookup::settle : lookup::leave);
    }
    if (known) {
      before.values().forEach(values -> values.forEach(v -> quietly(v, lookup::resolve)));
    }
  }

  private static void quietly(Lookup.Value value, Consumer<Lookup.Value> task) {
    try {
      task.accept(value);
    } catch (LadangException e) {
      H2Failures.unheard(e);
    }
  }
}
