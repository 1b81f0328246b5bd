package org.ladang.shard.provider;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Table;
import org.ladang.shard.Write;
import org.ladang.shard.WriteOutcome;

/** Writes, each to the shard where its owner is at home; one whose route was stale goes again with the present map. */
final class ClusterWrites {
  private static final int ROUTES = 5;

  private final Supplier<OpenCluster> opened;
  private final Metering meters;
  private final ShardCalls calls;
  private final LookupWrites lookupWrites;
  private final boolean readOnly;

  /**
   * @param readOnly whether configuration says that nothing is written
   */
  ClusterWrites(
      Supplier<OpenCluster> opened,
      Metering meters,
      ShardCalls calls,
      LookupWrites lookupWrites,
      boolean readOnly) {
    this.opened = opened;
    this.meters = meters;
    this.calls = calls;
    this.lookupWrites = lookupWrites;
    this.readOnly = readOnly;
  }

  /** One write; unique values and ids of a lookup are claimed for it. */
  WriteOutcome one(Write write) {
    OpenCluster open = opened.get();
    if (!Lookup.concerns(Declarations.table(publicTables(write.table()), write.table()))) {
      return single(write);
    }
    Changes.of(write, open.tables());
    WriteOutcome outcome =
        lookupWrites
            .run(List.of(write), open.tables(), left -> List.of(single(left.get(0))))
            .get(0);
    if (outcome instanceof WriteOutcome.Refused refused) {
      throw Changes.refusal(refused);
    }
    return outcome;
  }

  /** Tables of the cluster's own are nobody else's. */
  private Map<String, Table> publicTables(String wanted) {
    if (wanted.startsWith(Lookup.PREFIX)) {
      throw Refusals.noTable(wanted, names());
    }
    return opened.get().tables();
  }

  private List<String> names() {
    return opened.get().tables().keySet().stream()
        .filter(name -> !name.startsWith(Lookup.PREFIX))
        .toList();
  }

  /** One write as it is, to whatever table. */
  WriteOutcome single(Write write) {
    Names.checkKey("owner", write.owner());
    refuseWhenReadOnly();
    return meters.write(
        () -> {
          OpenCluster open = opened.get();
          Declarations.table(open.tables(), write.table());
          WriteOutcome outcome =
              routed(open, Buckets.of(write.owner()), tables -> List.of(Changes.of(write, tables)))
                  .get(0);
          if (outcome instanceof WriteOutcome.Refused refused) {
            throw Changes.refusal(refused);
          }
          return outcome;
        });
  }

  private List<WriteOutcome> routed(
      OpenCluster open, int bucket, Function<Map<String, Table>, List<Change>> changes) {
    for (int attempt = 1; attempt <= ROUTES; attempt++) {
      ShardMap map = open.map();
      Shard shard = open.home(map, bucket);
      try {
        return calls.write(shard, map, changes);
      } catch (StaleRoute e) {
        open.reload(map);
      }
    }
    throw Refusals.busy();
  }

  List<WriteOutcome> batch(List<Write> writes) {
    if (writes.size() > Changes.MAX_BATCH) {
      throw Refusals.badLimit(
          "A batch of "
              + writes.size()
              + " writes is too large; "
              + Changes.MAX_BATCH
              + " is the most.");
    }
    if (writes.isEmpty()) {
      return List.of();
    }
    refuseWhenReadOnly();
    writes.forEach(w -> publicTables(w.table()));
    OpenCluster open = opened.get();
    if (LookupWrites.concerns(writes, open.tables())) {
      return lookupWrites.run(writes, open.tables(), this::plain);
    }
    return plain(writes);
  }

  private List<WriteOutcome> plain(List<Write> writes) {
    return meters.write(() -> new BatchRoutes(opened.get(), calls::write).run(writes));
  }

  void refuseWhenReadOnly() {
    if (readOnly) {
      throw new LadangException("LADANG-SHARD-011", "The shards are read-only.")
          .next("An admin can change that: config:set org.ladang.shard readOnly false.");
    }
  }
}
