package org.ladang.shard.provider;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Table;

/** Writes to the primary, has the replica follow and the disks keep it as is configured, and says then that it stands. */
final class ShardWrites {
  private static final int TRIM = 64;

  private final ShardState state;
  private final String id;
  private final ShardSetup setup;
  private final Copy primary;
  private final Replication replication;
  private final ShardLocks locks;
  private final boolean outbox;
  private final ShardOpening opening;
  private final GroupSync power = new GroupSync(this::tellDisks);

  ShardWrites(ShardState state, ShardOpening opening) {
    this.state = state;
    this.id = state.id;
    this.setup = state.setup;
    this.primary = state.primary;
    this.replication = state.replication;
    this.locks = state.locks;
    this.outbox = state.outbox;
    this.opening = opening;
  }

  /**
   * Writes.
   *
   * @param changes what to write, given the declared tables
   * @throws StaleRoute when the map is not the present one; nothing was written
   */
  Shard.Written write(ShardMap map, Function<Map<String, Table>, List<Change>> changes) {
    if (Thread.currentThread().isInterrupted()) {
      throw Refusals.interrupted(null);
    }
    state.used = setup.clock().nanos();
    for (int attempt = 1; ; attempt++) {
      if (!opening.prepare()) {
        throw primary.damage().orElseThrow(Refusals::failing);
      }
      locks.enter();
      try {
        if (state.closed) {
          throw Refusals.closed();
        }
        boolean closedSince = primary.engine().isEmpty() && attempt < Shard.ATTEMPTS;
        if (!state.isReconciled() || closedSince) {
          continue;
        }
        ShardEngine engine = primary.engine().orElseThrow(Refusals::failing);
        List<Change> good = changes.apply(state.tables);
        return good.isEmpty() ? new Shard.Written(List.of(), List.of()) : write(engine, map, good);
      } finally {
        locks.leave();
      }
    }
  }

  private Shard.Written write(ShardEngine engine, ShardMap map, List<Change> changes) {
    try {
      Committed committed = commit(engine, map, changes);
      state.dirty = true;
      List<String> warnings = new ArrayList<>();
      if (outbox) {
        // Also after a write that found nothing to do: what it found must be on both copies.
        if (setup.settings().replicas() == Replicas.sync) {
          replication.follow(committed.last()).ifPresent(warnings::add);
        } else {
          replication.bound();
          replication.behind().ifPresent(warnings::add);
        }
      }
      if (setup.settings().durability() == Durability.power && !committed.rows().isEmpty()) {
        power.await();
      }
      return new Shard.Written(committed.outcomes(), warnings);
    } catch (SQLException e) {
      throw state.failed(primary, e, true);
    }
  }

  private Committed commit(ShardEngine engine, ShardMap map, List<Change> changes)
      throws SQLException {
    locks.write();
    try {
      refuseWhenReadOnly();
      long kept = replication.kept();
      long trim = outbox && kept - state.trimmed >= TRIM ? kept : 0;
      long now = setup.clock().now().toEpochMilli();
      Committed committed =
          engine.write(changes, new WriteTerms(map, state.last, outbox, trim, now));
      state.last = committed.last();
      if (!committed.rows().isEmpty()) {
        state.trimmed = trim > 0 ? trim : state.trimmed;
        if (outbox) {
          replication.committed(committed);
        }
      }
      return committed;
    } finally {
      locks.written();
    }
  }

  private void refuseWhenReadOnly() {
    readOnlyBecause()
        .ifPresent(
            why -> {
              throw why;
            });
  }

  /** Why the shard takes no writes; empty when it does. */
  Optional<LadangException> readOnlyBecause() {
    if (state.readOnly) {
      return Optional.of(
          new LadangException("LADANG-SHARD-011", "The shard " + id + " is read-only.")
              .next("An admin can change that: shard:readonly " + id + " false."));
    }
    long missing = state.last - replication.applied();
    if (outbox && replication.behind().isPresent() && missing >= setup.settings().outboxRows()) {
      return Optional.of(
          new LadangException(
                  "LADANG-SHARD-011",
                  "The shard "
                      + id
                      + " is read-only: its replica misses "
                      + missing
                      + " writes, more than the outbox may hold.")
              .next(
                  "Bring the replica's folder back, or make a new one with shard:rebuild "
                      + id
                      + "."));
    }
    return Optional.empty();
  }

  private void tellDisks() throws SQLException {
    Optional<ShardEngine> engine = primary.engine();
    if (engine.isPresent()) {
      engine.get().sync();
    }
    if (outbox && replication.behind().isEmpty()) {
      try {
        replication.sync();
      } catch (SQLException e) {
        replication.fallBehind(H2Failures.running(e, true).getMessage());
      }
    }
  }

  /** Once a second: has the disks keep what was written, so that H2 may use old pages again. */
  void syncWhenWritten() {
    if (!state.dirty || !locks.tryEnter()) {
      return;
    }
    try {
      state.dirty = false;
      tellDisks();
    } catch (SQLException e) {
      state.failed(primary, e, true);
    } finally {
      locks.leave();
    }
  }
}
