package org.ladang.shard.provider;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.LadangException;

/** Gives a replica that is behind what it misses, from the outbox, while the shard serves. */
final class ReplicaCatchUp {
  private final ShardState state;
  private final ShardSetup setup;
  private final Copy primary;
  private final Copy replica;
  private final Replication replication;
  private final ShardLocks locks;
  private final boolean outbox;

  ReplicaCatchUp(ShardState state) {
    this.state = state;
    this.setup = state.setup;
    this.primary = state.primary;
    this.replica = state.replica;
    this.replication = state.replication;
    this.locks = state.locks;
    this.outbox = state.outbox;
  }

  /** Once a second: a replica that is behind is opened again, and given what it misses. */
  void run(Runnable rebuild) {
    if (!outbox || replication.behind().isEmpty() || primary.engine().isEmpty()) {
      return;
    }
    if (replica.engine().isEmpty() && !firstReplica(rebuild) && !reopenReplica()) {
      return;
    }
    locks.enter();
    try {
      Optional<ShardEngine> engine = primary.engine();
      if (engine.isPresent() && replica.engine().isPresent()) {
        followUp(engine.get());
      }
    } catch (SQLException e) {
      replication.fallBehind(H2Failures.running(e, true).getMessage());
    } finally {
      locks.leave();
    }
  }

  /** A shard that had no replica when it was made, or was written without one, gets one. */
  private boolean firstReplica(Runnable rebuild) {
    try {
      Optional<ShardEngine> engine = primary.engine();
      if (engine.isEmpty()
          || engine.get().note(Shard.REPLICA).equals(Optional.of(Shard.MADE))
          || state.rebuilding.get() != ShardState.Rebuilding.NOTHING) {
        return false;
      }
    } catch (SQLException e) {
      state.failed(primary, e, false);
      return false;
    }
    rebuild.run();
    return true;
  }

  /** Opens the replica again; it is behind until it has caught up. */
  boolean reopenReplica() {
    return locks.alone(
        () -> {
          Optional<ShardEngine> engine = primary.engine();
          if (engine.isEmpty() || state.closed) {
            return false;
          }
          try {
            ShardEngine second = replica.open(false);
            ShardOpening.declare(second, second.tables(), setup.declared().get());
            long applied = second.applied();
            replication.opened(applied);
            replication.missed();
            return true;
          } catch (SQLException | LadangException e) {
            return false;
          }
        });
  }

  /** Gives the replica all that it misses. */
  void followUp(ShardEngine engine) throws SQLException {
    try {
      boolean more = true;
      while (more) {
        more = replication.catchUp(engine, state.tables);
      }
      locks.write();
      try {
        more = true;
        while (more) {
          more = replication.catchUp(engine, state.tables);
        }
        sameBuckets(engine);
        replication.caughtUp();
      } finally {
        locks.written();
      }
    } catch (LadangException e) {
      replica.damaged(e);
    }
  }

  /** Buckets that came and went while the replica was behind are not in the outbox. */
  private void sameBuckets(ShardEngine engine) throws SQLException {
    ShardEngine second = replica.engine().orElseThrow(Refusals::failing);
    Map<Integer, Long> here = engine.owned();
    Map<Integer, Long> there = second.owned();
    if (!here.equals(there)) {
      for (int bucket : there.keySet()) {
        if (!here.containsKey(bucket)) {
          second.disown(bucket);
        }
      }
      second.own(here);
    }
  }
}
