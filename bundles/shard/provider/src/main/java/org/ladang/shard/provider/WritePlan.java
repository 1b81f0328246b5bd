package org.ladang.shard.provider;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Expect;
import org.ladang.shard.Table;
import org.ladang.shard.WriteOutcome;

/**
 * Decides what a batch does, between reading the present versions under lock and writing. Pure: no storage in it. The
 * changes of one owner are tried in their order; the first that does not find what it expects takes back those of that
 * owner, and of no other.
 */
final class WritePlan {
  /** A row that the batch touches. */
  static final class Slot {
    final Table table;
    final String owner;
    final String id;
    private OptionalLong found = OptionalLong.empty();
    private OptionalLong version = OptionalLong.empty();
    private Optional<Change> last = Optional.empty();
    private boolean onlyInserts;

    private Slot(Change change) {
      table = change.table();
      owner = change.owner();
      id = change.id();
      onlyInserts = change.content().isPresent() && change.expect() instanceof Expect.Absent;
    }

    /** Whether all that is to happen is that a row is made where none is expected: its insertion says if there is one. */
    boolean onlyInserts() {
      return onlyInserts;
    }

    /** What is there, read under lock. */
    void found(OptionalLong present) {
      found = present;
      reset();
    }

    private void reset() {
      version = found;
      last = Optional.empty();
    }

    boolean existed() {
      return found.isPresent();
    }

    /** What is to be there in the end; empty when it is to be gone. */
    OptionalLong version() {
      return version;
    }

    /** The change that has the last word; empty when the row stays as it is. */
    Optional<Change> last() {
      return last;
    }
  }

  private record Key(String table, String owner, String id) {
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::table).thenComparing(Key::owner).thenComparing(Key::id);
  }

  private final List<Change> changes;
  private final LongSupplier fresh;
  private final Map<Key, Slot> slots = new TreeMap<>(Key.ORDER);

  /**
   * @param fresh the first version of a row that is made
   */
  WritePlan(List<Change> changes, LongSupplier fresh) {
    this.changes = changes;
    this.fresh = fresh;
    changes.forEach(
        c -> {
          Slot known = slots.putIfAbsent(key(c), new Slot(c));
          if (known != null) {
            known.onlyInserts = false;
          }
        });
  }

  /** The rows, in the one order in which every batch locks them, so that two batches never wait for each other. */
  Iterable<Slot> slots() {
    return slots.values();
  }

  /** Decides; the slots then say what to write. */
  List<WriteOutcome> decide() {
    Map<String, List<Integer>> owners = new LinkedHashMap<>();
    for (int i = 0; i < changes.size(); i++) {
      owners.computeIfAbsent(changes.get(i).owner(), o -> new ArrayList<>()).add(i);
    }
    WriteOutcome[] outcomes = new WriteOutcome[changes.size()];
    owners.values().forEach(group -> decide(group, outcomes));
    return List.of(outcomes);
  }

  private void decide(List<Integer> group, WriteOutcome[] outcomes) {
    for (int i : group) {
      Change change = changes.get(i);
      Slot slot = slots.get(key(change));
      Optional<LadangException> conflict = conflict(change, slot.version());
      if (conflict.isPresent()) {
        takeBack(group, i, conflict.get(), outcomes);
        return;
      }
      outcomes[i] = apply(change, slot);
    }
  }

  private WriteOutcome apply(Change change, Slot slot) {
    OptionalLong before = slot.version();
    slot.last = Optional.of(change);
    if (change.content().isEmpty()) {
      slot.version = OptionalLong.empty();
      return new WriteOutcome.Deleted(change.owner(), change.id(), before.isPresent(), List.of());
    }
    long next = before.isPresent() ? before.getAsLong() + 1 : fresh.getAsLong();
    // Deleted and made anew within the batch: still a version that the row never had.
    next = Math.max(next, slot.found.orElse(0) + 1);
    slot.version = OptionalLong.of(next);
    return new WriteOutcome.Written(change.owner(), change.id(), next, List.of());
  }

  private void takeBack(
      List<Integer> group, int culprit, LadangException why, WriteOutcome[] outcomes) {
    for (int i : group) {
      Change change = changes.get(i);
      slots.get(key(change)).reset();
      outcomes[i] =
          i == culprit
              ? new WriteOutcome.Refused(change.owner(), change.id(), why.code(), why.getMessage())
              : groupRefused(change.owner(), change.id(), changes.get(culprit).id());
    }
  }

  static WriteOutcome.Refused groupRefused(String owner, String id, String culprit) {
    return new WriteOutcome.Refused(
        owner,
        id,
        Refusals.GROUP,
        "Not written, because the write of " + culprit + " of the same owner was refused.");
  }

  private static Optional<LadangException> conflict(Change change, OptionalLong present) {
    Expect expect = change.expect();
    boolean fits =
        expect instanceof Expect.Any
            || expect instanceof Expect.Absent && present.isEmpty()
            || expect instanceof Expect.At at
                && present.isPresent()
                && present.getAsLong() == at.version();
    if (fits) {
      return Optional.empty();
    }
    String expected =
        expect instanceof Expect.At at ? "version " + at.version() : "that it is not there";
    String found = present.isPresent() ? "version " + present.getAsLong() : "that it is not there";
    return Optional.of(
        new LadangException(
                Refusals.CONFLICT,
                "The row "
                    + change.id()
                    + " of "
                    + change.owner()
                    + " in \""
                    + change.table().name()
                    + "\" is not as expected: the write expects "
                    + expected
                    + " and finds "
                    + found
                    + ".")
            .next("Read the row again and repeat the write on what you find.")
            .with("expected", expected)
            .with("found", found));
  }

  private static Key key(Change change) {
    return new Key(change.table().name(), change.owner(), change.id());
  }
}
