package org.ladang.shard.provider;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Table;
import org.ladang.shard.Write;
import org.ladang.shard.WriteOutcome;

/** Checks writes: what is good goes to the engine, what is not takes the other writes of its owner with it. */
final class Changes {
  static final int MAX_BATCH = 10_000;
  static final int MAX_GROUPS = 1_000;

  private final List<Change> good = new ArrayList<>();
  private final List<Write> goodWrites = new ArrayList<>();

  /** For each write, how it ended; null where the engine has the word. */
  private final WriteOutcome[] decided;

  private Changes(int writes) {
    decided = new WriteOutcome[writes];
  }

  /** One write, or the reason why it is not good. */
  static Change of(Write write, Map<String, Table> tables) {
    Names.checkKey("owner", write.owner());
    Names.checkKey("id", write.id());
    Table table = Declarations.table(tables, write.table());
    Optional<Content> content =
        write instanceof Write.Put put
            ? Optional.of(Documents.split(table, put.owner(), put.id(), put.fields()))
            : Optional.empty();
    return new Change(
        table, write.owner(), write.id(), Buckets.of(write.owner()), write.expect(), content);
  }

  static Changes of(List<Write> writes, Map<String, Table> tables) {
    Changes changes = new Changes(writes.size());
    List<Change> checked = new ArrayList<>(writes.size());
    Map<String, String> culprits = new HashMap<>();
    for (int i = 0; i < writes.size(); i++) {
      Write write = writes.get(i);
      Change change = null;
      try {
        change = of(write, tables);
      } catch (LadangException e) {
        changes.decided[i] =
            new WriteOutcome.Refused(write.owner(), write.id(), e.code(), e.getMessage());
        culprits.putIfAbsent(write.owner(), write.id());
      }
      checked.add(change);
    }
    for (int i = 0; i < writes.size(); i++) {
      Write write = writes.get(i);
      String culprit = culprits.get(write.owner());
      if (culprit == null) {
        changes.good.add(checked.get(i));
        changes.goodWrites.add(write);
      } else if (changes.decided[i] == null) {
        changes.decided[i] = WritePlan.groupRefused(write.owner(), write.id(), culprit);
      }
    }
    return changes;
  }

  List<Change> good() {
    return good;
  }

  /** Some of the good ones; made anew when the declarations have changed since. */
  List<Change> again(List<Integer> places, Map<String, Table> then, Map<String, Table> now) {
    List<Change> chosen = new ArrayList<>(places.size());
    for (int place : places) {
      chosen.add(then == now ? good.get(place) : of(goodWrites.get(place), now));
    }
    return chosen;
  }

  /** The outcome with warnings, where it stands. */
  static WriteOutcome warned(WriteOutcome outcome, List<String> warnings) {
    if (outcome instanceof WriteOutcome.Written w) {
      return new WriteOutcome.Written(w.owner(), w.id(), w.version(), warnings);
    }
    if (outcome instanceof WriteOutcome.Deleted d) {
      return new WriteOutcome.Deleted(d.owner(), d.id(), d.existed(), warnings);
    }
    return outcome;
  }

  /** All outcomes in the order of the writes, given those of the good ones. */
  List<WriteOutcome> outcomes(List<WriteOutcome> ofGood) {
    List<WriteOutcome> all = new ArrayList<>(decided.length);
    int next = 0;
    for (WriteOutcome outcome : decided) {
      all.add(outcome != null ? outcome : ofGood.get(next++));
    }
    return List.copyOf(all);
  }

  static LadangException refusal(WriteOutcome.Refused refused) {
    return new LadangException(refused.code(), refused.sentence())
        .next("Read the row again and repeat the write on what you find.");
  }
}
