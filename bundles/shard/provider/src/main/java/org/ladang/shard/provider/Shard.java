package org.ladang.shard.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Table;
import org.ladang.shard.WriteOutcome;

/**
 * One shard: a primary, which is written, and a replica that follows it. Opens them when they are asked for, opens them
 * again when their storage fails, and closes them when nobody asks any more.
 *
 * <p>While the primary is damaged the replica is read; writes are refused until the primary is there again. While the
 * replica is gone the primary is read and written, every write says so, and the outbox remembers what the replica
 * misses, up to a bound.
 */
final class Shard {
  /** Something read from a copy. */
  interface Operation<T> {
    /**
     * @param behind how far the copy may be behind
     */
    T run(ShardEngine engine, Map<String, Table> tables, Duration behind) throws SQLException;
  }

  /**
   * What became of a write.
   *
   * @param warnings what is not as it should be though it stands
   */
  record Written(List<WriteOutcome> outcomes, List<String> warnings) {}

  static final int ATTEMPTS = 3;
  static final String REPLICA = "replica";
  static final String MADE = "made";

  /** The note of how many shards there are. */
  static final String SHARDS = "shards";

  private final ShardState state;
  private final String id;
  private final ShardSetup setup;
  private final Copy primary;
  private final Copy replica;
  private final Replication replication;
  private final ShardLocks locks;
  private final boolean outbox;
  private final ShardOpening opening;
  private final ShardWrites writes;
  private final ReplicaCatchUp catchUp;
  private final ShardRebuild rebuild;
  private final AtomicInteger pins = new AtomicInteger();

  Shard(String id, boolean made, ShardSetup setup) {
    this.state = new ShardState(id, made, setup);
    this.id = id;
    this.setup = setup;
    this.primary = state.primary;
    this.replica = state.replica;
    this.replication = state.replication;
    this.locks = state.locks;
    this.outbox = state.outbox;
    this.catchUp = new ReplicaCatchUp(state);
    this.opening = new ShardOpening(state, catchUp);
    this.writes = new ShardWrites(state, opening);
    this.rebuild = new ShardRebuild(state, opening, catchUp, this::compare);
  }

  String id() {
    return id;
  }

  boolean made() {
    return state.made;
  }

  /** Reads from the primary, or from the replica when that is damaged; {@code none} when the shard was never written. */
  <T> T read(Operation<T> operation, Supplier<T> none) {
    if (!state.made && !state.closed) {
      return none.get();
    }
    state.used = setup.clock().nanos();
    pin();
    try {
      return readOpen(operation);
    } finally {
      unpin();
    }
  }

  private <T> T readOpen(Operation<T> operation) {
    for (int attempt = 1; ; attempt++) {
      boolean usable = opening.prepare();
      locks.enter();
      try {
        if (state.closed) {
          throw Refusals.closed();
        }
        if (usable && !state.isReconciled()) {
          continue;
        }
        // Chosen for only where there is a choice.
        boolean chosen =
            setup.choice() != CopyChoice.PRIMARY && primary.engine().isPresent() && bothGood();
        boolean second = chosen ? setup.choice().replica(id) : primary.engine().isEmpty();
        Copy copy = second ? replica : primary;
        if (usable && copy.engine().isEmpty() && attempt < ATTEMPTS) {
          // Closed in the last moment, because nobody had asked for it: open it again.
          continue;
        }
        ShardEngine engine =
            copy.engine().orElseThrow(() -> primary.damage().orElseGet(Refusals::failing));
        long start = chosen ? setup.clock().nanos() : 0;
        boolean good = false;
        try {
          T result =
              operation.run(engine, state.tables, second ? replication.lag() : Duration.ZERO);
          good = true;
          return result;
        } catch (SQLException e) {
          LadangException failure = state.failed(copy, e, false);
          if (copy.engine().isPresent() || attempt == ATTEMPTS) {
            throw failure;
          }
        } finally {
          if (chosen) {
            setup.choice().done(id, second, good, setup.clock().nanos() - start);
          }
        }
      } finally {
        locks.leave();
      }
      if (attempt == ATTEMPTS - 1) {
        giveUpPrimary();
      }
    }
  }

  private boolean bothGood() {
    return replica.engine().isPresent() && replication.behind().isEmpty();
  }

  /** It can be opened, and fails whenever it is read: as good as one that cannot be opened. */
  private void giveUpPrimary() {
    locks.alone(
        () -> {
          if (primary.engine().isEmpty() && primary.damage().isEmpty()) {
            primary.damaged(
                new LadangException(
                        "LADANG-SHARD-012",
                        "The file of the primary of " + id + " can be opened, but not read.")
                    .next("shard:rebuild " + id + " makes it again from the replica."));
          }
          return id;
        });
  }

  /**
   * Writes.
   *
   * @param changes what to write, given the declared tables
   * @throws StaleRoute when the map is not the present one; nothing was written
   */
  Written write(ShardMap map, Function<Map<String, Table>, List<Change>> changes) {
    pin();
    try {
      return writes.write(map, changes);
    } finally {
      unpin();
    }
  }

  /** Why the shard takes no writes; empty when it does. */
  Optional<LadangException> readOnlyBecause() {
    return writes.readOnlyBecause();
  }

  /** Once a second: has the disks keep what was written, so that H2 may use old pages again. */
  void syncWhenWritten() {
    writes.syncWhenWritten();
  }

  /** Has a replica that follows by itself follow. */
  void drain() {
    if (!locks.tryEnter()) {
      return;
    }
    try {
      replication.drain();
    } finally {
      locks.leave();
    }
  }

  /** Refuses when rows here contradict a declaration. */
  void probe(Table wanted, Optional<Table> before) {
    read(
        (engine, known, behind) -> {
          engine.probe(wanted, before);
          return id;
        },
        () -> id);
  }

  /** Follows the present declarations now, as far as it can; else when it is asked next. */
  void follow() {
    if (state.made) {
      opening.prepare();
    }
  }

  /** Takes rows as they are, with their versions, on both copies. */
  void take(List<RowState> rows) {
    if (!opening.prepare()) {
      throw primary.damage().orElseThrow(Refusals::failing);
    }
    locks.enter();
    try {
      locks.write();
      try {
        primary.engine().orElseThrow(Refusals::failing).apply(rows, 0);
        state.dirty = true;
        Optional<ShardEngine> second = replica.engine();
        if (second.isPresent()) {
          second.get().apply(rows, replication.applied());
        }
      } finally {
        locks.written();
      }
    } catch (SQLException e) {
      throw state.failed(primary, e, true);
    } finally {
      locks.leave();
    }
  }

  /** Makes buckets at home here, on both copies. */
  void own(Map<Integer, Long> epochs) {
    owned(engine -> engine.own(epochs));
  }

  /** Fences a bucket: waits for writers that have it locked, and refuses those that come later. */
  void disown(int bucket) {
    owned(engine -> engine.disown(bucket));
  }

  private interface Owning {
    void run(ShardEngine engine) throws SQLException;
  }

  private void owned(Owning change) {
    if (!opening.prepare()) {
      throw primary.damage().orElseThrow(Refusals::failing);
    }
    locks.enter();
    try {
      change.run(primary.engine().orElseThrow(Refusals::failing));
      state.dirty = true;
      Optional<ShardEngine> second = replica.engine();
      if (second.isPresent()) {
        change.run(second.get());
      }
    } catch (SQLException e) {
      throw state.failed(primary, e, true);
    } finally {
      locks.leave();
    }
  }

  /** How far the replica may be behind; zero when there is none to be. */
  Duration lag() {
    return outbox ? replication.lag() : Duration.ZERO;
  }

  /** How many writes the replica has yet to get. */
  long waiting() {
    return outbox && state.ready ? Math.max(0, state.last - replication.applied()) : 0;
  }

  /** The rows when they were last counted; -1 before that. */
  long knownRows() {
    return state.made ? state.knownRows : 0;
  }

  /** Counts the rows, opening the shard when it is closed. */
  long countRows() {
    return read(
        (engine, known, behind) -> {
          state.knownRows = rows(engine, known);
          return state.knownRows;
        },
        () -> 0L);
  }

  /** Once a second: a replica that is behind is opened again, and given what it misses. */
  void catchUp() {
    catchUp.run(() -> rebuild(false));
  }

  /**
   * Makes a copy again from the other one: the primary when it is damaged, else the replica. The shard serves meanwhile
   * what it served before.
   *
   * @param acceptLoss whether a primary may be made from a replica that misses acknowledged writes
   * @return how many rows were copied
   */
  long rebuild(boolean acceptLoss) {
    return rebuild.run(acceptLoss);
  }

  /** Compares both copies, and the rows with the map. */
  Verification verify() {
    if (!state.made) {
      return new Verification(id, 0, "0000000000000000", 0, 0, 0, 0, List.of());
    }
    if (!opening.prepare()) {
      throw primary.damage().orElseGet(Refusals::failing);
    }
    locks.enter();
    try {
      Optional<ShardEngine> second =
          replication.behind().isEmpty() ? replica.engine() : Optional.empty();
      Verification found = compare(second);
      if (outbox && second.isEmpty()) {
        List<String> problems = new ArrayList<>(found.problems());
        problems.add("The replica could not be compared: it is behind.");
        return new Verification(
            id,
            found.rows(),
            found.checksum(),
            found.different(),
            found.misplaced(),
            found.againstPrimary(),
            found.againstReplica(),
            List.copyOf(problems));
      }
      return found;
    } catch (SQLException e) {
      throw state.failed(primary, e, false);
    } finally {
      locks.leave();
    }
  }

  private Verification compare(Optional<ShardEngine> second) throws SQLException {
    return new Verifier(
            id,
            primary.engine().orElseThrow(Refusals::failing),
            second,
            setup.map().get(),
            this::pause)
        .verify(state.tables);
  }

  private void pause(Verifier.Work work) throws SQLException {
    locks.write();
    try {
      replication.still(work);
    } finally {
      locks.written();
    }
  }

  /** Closes the files when nobody has asked for longer than that. */
  void closeWhenIdle(Duration idle) {
    if (!state.ready || pins.get() > 0 || setup.clock().nanos() - state.used < idle.toNanos()) {
      return;
    }
    locks.alone(
        () -> {
          if (pins.get() == 0 && setup.clock().nanos() - state.used >= idle.toNanos()) {
            shut();
          }
          return id;
        });
  }

  private void shut() {
    if (primary.engine().isPresent()) {
      state.knownRows = rowsBeforeClosing(primary.engine().get());
    }
    state.ready = false;
    replication.drain();
    replica.close();
    primary.close();
  }

  private static long rows(ShardEngine engine, Map<String, Table> tables) throws SQLException {
    long sum = 0;
    for (Table table : tables.values()) {
      sum += table.name().startsWith(Lookup.PREFIX) ? 0 : engine.count(table, Optional.empty());
    }
    return sum;
  }

  private long rowsBeforeClosing(ShardEngine engine) {
    try {
      return rows(engine, state.tables);
    } catch (SQLException e) {
      H2Failures.unheard(e);
      return state.knownRows;
    }
  }

  boolean open() {
    return primary.engine().isPresent();
  }

  /** Closes the shard for ever; idempotent. */
  void close() {
    if (state.closed) {
      return;
    }
    locks.alone(
        () -> {
          state.closed = true;
          shut();
          return id;
        });
  }

  /** Leaves the files as a killed process would. */
  void abandon() {
    state.closed = true;
    primary.abandon();
    replica.abandon();
  }

  void readOnly(boolean only) {
    state.readOnly = only;
  }

  /** Holds writers off, and whoever opens or closes, until {@link #letGo}; all by one thread. */
  void hold() {
    locks.enter();
    boolean held = false;
    try {
      locks.write();
      held = true;
    } finally {
      if (!held) {
        locks.leave();
      }
    }
  }

  /** What is there now, while writers are held off: of the primary, or of a replica that misses nothing. */
  Snapshot look() throws SQLException {
    Optional<ShardEngine> engine = primary.engine();
    if (engine.isEmpty() && outbox && !setup.book().behind(id)) {
      engine = replica.engine();
    }
    return engine.orElseThrow(() -> primary.damage().orElseGet(Refusals::busy)).snapshot();
  }

  /** Keeps the files open though nobody asks for the shard, until as many calls of {@link #unpin}. */
  void pin() {
    pins.incrementAndGet();
  }

  void unpin() {
    pins.decrementAndGet();
  }

  /** Writers go on. */
  void letGo() {
    locks.written();
    locks.leave();
  }

  Copy primary() {
    return primary;
  }

  Copy replica() {
    return replica;
  }

  Replication replication() {
    return replication;
  }

  /** The size of both files; -1 when there is none. */
  long bytes() {
    long sum = 0;
    boolean any = false;
    for (Copy copy : List.of(primary, replica)) {
      try {
        sum += Files.size(copy.file());
        any = true;
      } catch (IOException e) {
        // Not made, gone, or not readable: it counts for nothing.
        continue;
      }
    }
    return any ? sum : -1;
  }
}
