package org.ladang.shard.provider;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.ladang.kernel.LadangException;

/** Makes a copy of a shard again from the other one, while the shard serves. */
final class ShardRebuild {
  private final ShardState state;
  private final String id;
  private final ShardSetup setup;
  private final Copy primary;
  private final Copy replica;
  private final Replication replication;
  private final ShardLocks locks;
  private final boolean outbox;
  private final ShardOpening opening;
  private final ReplicaCatchUp catchUp;
  private final Comparing comparing;

  /** Compares the primary with its replica. */
  interface Comparing {
    /** Compares them. */
    Verification with(Optional<ShardEngine> replica) throws SQLException;
  }

  ShardRebuild(
      ShardState state, ShardOpening opening, ReplicaCatchUp catchUp, Comparing comparing) {
    this.state = state;
    this.id = state.id;
    this.setup = state.setup;
    this.primary = state.primary;
    this.replica = state.replica;
    this.replication = state.replication;
    this.locks = state.locks;
    this.outbox = state.outbox;
    this.opening = opening;
    this.catchUp = catchUp;
    this.comparing = comparing;
  }

  /**
   * Makes a copy again from the other one: the primary when it is damaged, else the replica. The shard serves meanwhile
   * what it served before.
   *
   * @param acceptLoss whether a primary may be made from a replica that misses acknowledged writes
   * @return how many rows were copied
   */
  long run(boolean acceptLoss) {
    if (!state.made) {
      throw new LadangException(
          "LADANG-SHARD-020", "There is nothing to make again: " + id + " was never written.");
    }
    if (!outbox) {
      throw new LadangException(
              "LADANG-SHARD-020", "There is no other copy to make it from: " + id + " has one.")
          .next("config:set org.ladang.shard replicas sync gives every shard a replica.");
    }
    primary.tryAgain();
    boolean good = opening.prepare() && sound(acceptLoss);
    ShardState.Rebuilding what =
        good ? ShardState.Rebuilding.REPLICA : ShardState.Rebuilding.PRIMARY;
    if (!state.rebuilding.compareAndSet(ShardState.Rebuilding.NOTHING, what)) {
      throw new LadangException(
          "LADANG-SHARD-020", "The shard " + id + " is being rebuilt already.");
    }
    try {
      long rows = good ? rebuildReplica(acceptLoss) : rebuildPrimary(acceptLoss);
      setup
          .events()
          .info(
              "shard.rebuilt",
              id,
              "The "
                  + (good ? Shard.REPLICA : "primary")
                  + " of "
                  + id
                  + " was made again with "
                  + rows
                  + " rows.");
      return rows;
    } catch (SQLException e) {
      throw H2Failures.isDamagedRow(e)
          ? bothDamaged(e.getMessage() + " on the only copy that " + id + " could be made from.", e)
          : H2Failures.running(e, true);
    } catch (IOException e) {
      throw new LadangException(
              "LADANG-SHARD-014", "The new file of " + id + " cannot be written.", e)
          .next("See that the disk is there, not full, and may be written; then try again.");
    } finally {
      state.rebuilding.set(ShardState.Rebuilding.NOTHING);
    }
  }

  private LadangException bothDamaged(String sentence, SQLException e) {
    return new LadangException("LADANG-SHARD-020", sentence, e)
        .next(
            "Put a backup back: shard:backups; or take the rows as they are: shard:rebuild "
                + id
                + " true.");
  }

  /**
   * Whether the replica is to be made from the primary, and not the other way round. A file may open although it is damaged;
   * it must not take the place of a replica that is whole, so all of it is read before that is given up, and compared with
   * it where both are to be the same.
   */
  private boolean sound(boolean acceptLoss) {
    Optional<ShardEngine> source = primary.engine();
    Optional<ShardEngine> other = replica.engine();
    if (source.isEmpty() || other.isEmpty()) {
      return source.isPresent();
    }
    try {
      source.get().owned();
      RowCopy.read(source.get(), state.tables);
      RowCopy.readOutbox(source.get());
    } catch (SQLException e) {
      if (!H2Failures.lost(e)) {
        throw state.failed(primary, e, false);
      }
      return false;
    }
    return replication.behind().isPresent() || better(other, acceptLoss);
  }

  /** Whether the primary is better than a replica that is to be the same. */
  private boolean better(Optional<ShardEngine> other, boolean acceptLoss) {
    Verification found;
    try {
      found = comparing.with(other);
    } catch (SQLException e) {
      return true; // The primary can be read.
    }
    if (found.againstPrimary() == 0 || found.againstReplica() == 0 || acceptLoss) {
      return found.againstPrimary() == 0 || found.againstReplica() > 0;
    }
    throw bothDamaged(
        "Neither copy of " + id + " is as it was written: " + String.join(" ", found.problems()),
        null);
  }

  private long rebuildReplica(boolean acceptLoss) throws SQLException, IOException {
    ShardEngine source = primary.engine().orElseThrow(Refusals::failing);
    // Without another copy there is nothing better: rows are taken as they are, and stay known as
    // damaged.
    boolean asTheyAre = acceptLoss || replica.engine().isEmpty();
    replication.fallBehind("it is being made again");
    long start;
    locks.write();
    try {
      start = state.last;
    } finally {
      locks.written();
    }
    long rows;
    H2ShardEngine target = replica.makeNext();
    try {
      setup.steps().reached(Step.REBUILD_BEGUN, id);
      rows = fill(source, target, asTheyAre);
      target.apply(List.of(), start);
      target.syncAlone();
    } finally {
      target.close();
    }
    setup.steps().reached(Step.REBUILD_CLOSED, id);
    replaceAlone(replica, false);
    source.note(Shard.REPLICA, Shard.MADE);
    if (!catchUp.reopenReplica()) {
      throw replica.damage().orElseGet(Refusals::failing);
    }
    catchUp.run(() -> {});
    return rows;
  }

  private long rebuildPrimary(boolean acceptLoss) throws SQLException, IOException {
    ShardEngine source =
        replica.engine().orElseThrow(() -> replica.damage().orElseGet(Refusals::failing));
    boolean behind = setup.book().behind(id) || setup.settings().replicas() == Replicas.async;
    if (behind && !acceptLoss) {
      throw new LadangException(
              "LADANG-SHARD-020",
              "The replica of "
                  + id
                  + " may miss acknowledged writes: a primary made from it would lose them.")
          .next(
              "Put the primary's file back from a backup; or accept the loss: shard:rebuild "
                  + id
                  + " true.");
    }
    putPrimaryAside();
    long rows;
    H2ShardEngine target = primary.makeNext();
    try {
      setup.steps().reached(Step.REBUILD_BEGUN, id);
      rows = fill(source, target, acceptLoss);
      target.apply(List.of(), 0);
      target.continueAfter(source.applied());
      target.note(Shard.REPLICA, Shard.MADE);
      target.syncAlone();
    } finally {
      target.close();
    }
    setup.steps().reached(Step.REBUILD_CLOSED, id);
    replaceAlone(primary, true);
    setup.book().behind(id, false);
    state.rebuilding.set(ShardState.Rebuilding.NOTHING);
    if (!opening.prepare()) {
      throw primary.damage().orElseGet(Refusals::failing);
    }
    return rows;
  }

  /** A damaged primary may still open: nobody is to write to it any more while the replica is copied. */
  private void putPrimaryAside() {
    locks.alone(
        () -> {
          if (primary.engine().isPresent()) {
            primary.lose("it has rows that are not as they were written");
          }
          state.ready = false;
          return null;
        });
  }

  private long fill(ShardEngine source, ShardEngine target, boolean asTheyAre) throws SQLException {
    target.own(source.owned());
    target.note(Shard.SHARDS, Integer.toString(setup.shards()));
    return RowCopy.copy(
        source,
        target,
        state.tables,
        asTheyAre,
        rows -> setup.steps().reached(Step.REBUILD_COPIED, id));
  }

  private void replaceAlone(Copy copy, boolean keep) throws IOException {
    IOException failure =
        locks.alone(
            () -> {
              try {
                state.ready = false;
                copy.takeNext(keep);
                return null;
              } catch (IOException e) {
                return e;
              }
            });
    if (failure != null) {
      throw failure;
    }
  }
}
