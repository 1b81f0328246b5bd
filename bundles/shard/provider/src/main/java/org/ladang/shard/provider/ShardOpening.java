package org.ladang.shard.provider;

import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Table;

/**
 * Opens the files of a shard when somebody asks, makes them when there are none yet, and has their tables follow the
 * declarations. A primary that cannot be opened is kept as damage, and the replica is opened alone.
 */
final class ShardOpening {
  private static final long AT_ONCE = 2_000;

  private final ShardState state;
  private final String id;
  private final ShardSetup setup;
  private final Copy primary;
  private final Copy replica;
  private final Replication replication;
  private final ShardLocks locks;
  private final boolean outbox;
  private final ReplicaCatchUp catchUp;

  ShardOpening(ShardState state, ReplicaCatchUp catchUp) {
    this.state = state;
    this.id = state.id;
    this.setup = state.setup;
    this.primary = state.primary;
    this.replica = state.replica;
    this.replication = state.replication;
    this.locks = state.locks;
    this.outbox = state.outbox;
    this.catchUp = catchUp;
  }

  /** Opens what is to be open; false when the primary cannot be. */
  boolean prepare() {
    if (state.ready && primary.engine().isPresent() && state.isReconciled()) {
      return true;
    }
    if (primary.resting() && replica.engine().isPresent() && state.isReconciled()) {
      return false;
    }
    return locks.alone(
        () -> {
          if (state.closed) {
            throw Refusals.closed();
          }
          try {
            openPrimary();
            return true;
          } catch (LadangException e) {
            // Kept as damage, and published; the caller tells it, or reads the replica.
            openReplicaAlone();
            return false;
          }
        });
  }

  private void openPrimary() {
    if (state.rebuilding.get() == ShardState.Rebuilding.PRIMARY) {
      throw primary.damage().orElseGet(Refusals::failing);
    }
    // One whose making was cut off is made again, though its file is open.
    boolean open = state.made && primary.engine().isPresent();
    ShardEngine engine = primary.open(!state.made);
    try {
      if (!open) {
        if (state.made && engine.note(Shard.SHARDS).isEmpty()) {
          throw primary.damaged(older("it has nothing of what was written"));
        }
        state.last = engine.lastEntry();
        state.trimmed = 0;
        state.reconciled = -1;
        if (!state.made) {
          make(engine);
        }
        openReplica(engine);
      }
      if (!state.isReconciled()) {
        reconcile(engine);
      }
      if (!open && replication.behind().isPresent() && replica.engine().isPresent()) {
        // A long way is gone step by step, once a second, while the shard serves.
        if (state.last - replication.applied() < AT_ONCE) {
          catchUp.followUp(engine);
        }
      }
      state.ready = true;
    } catch (SQLException e) {
      throw primary.damaged(H2Failures.opening(id, "primary", e));
    }
  }

  private void make(ShardEngine engine) throws SQLException {
    Map<Integer, Long> owned = owned();
    engine.own(owned);
    engine.note(Shard.SHARDS, Integer.toString(setup.shards()));
    setup.steps().reached(Step.PRIMARY_MADE, id);
    if (outbox) {
      ShardEngine second = replica.makeLike(primary);
      if (second.note(Shard.SHARDS).isEmpty() || !second.owned().equals(owned)) {
        // Not the copy of now, but what was left by one that was cut off.
        second.own(owned);
        second.note(Shard.SHARDS, Integer.toString(setup.shards()));
      }
      second.syncAlone();
      setup.steps().reached(Step.REPLICA_MADE, id);
      engine.note(Shard.REPLICA, Shard.MADE);
    }
    engine.syncAlone();
    setup.steps().reached(Step.SHARD_MADE, id);
    setup.book().made(id);
    state.made = true;
    setup.events().info("shard.made", id, "The shard " + id + " was made.");
  }

  /** The buckets that are at home here by the map, with their epochs. */
  Map<Integer, Long> owned() {
    ShardMap map = setup.map().get();
    Map<Integer, Long> owned = new TreeMap<>();
    map.buckets(id).forEach(bucket -> owned.put(bucket, map.epoch(bucket)));
    return owned;
  }

  /** Brings tables here and in the catalogue to the same declarations. */
  private void reconcile(ShardEngine engine) throws SQLException {
    Declared declared = setup.declared().get();
    Map<String, Table> here = engine.tables();
    for (Table table : here.values()) {
      Table wanted =
          Optional.ofNullable(declared.tables().get(table.name()))
              .map(known -> Declarations.merge(known, table))
              .orElse(table);
      if (!wanted.equals(declared.tables().get(table.name()))) {
        setup.book().ahead(wanted);
      }
    }
    declared = setup.declared().get();
    declare(engine, here, declared);
    Optional<ShardEngine> second = replica.engine();
    if (second.isPresent()) {
      try {
        declare(second.get(), second.get().tables(), declared);
      } catch (SQLException e) {
        replication.fallBehind(H2Failures.running(e, true).getMessage());
        replica.lose(e.getMessage());
      }
    }
    state.tables = declared.tables();
    state.reconciled = declared.version();
  }

  static void declare(ShardEngine engine, Map<String, Table> here, Declared declared)
      throws SQLException {
    for (Table wanted : declared.tables().values()) {
      Optional<Table> before = Optional.ofNullable(here.get(wanted.name()));
      if (!before.equals(Optional.of(wanted))) {
        engine.declare(before.map(b -> Declarations.merge(b, wanted)).orElse(wanted), before);
      }
    }
  }

  /** Opens the replica beside the primary; when that does not work, it is behind. */
  private void openReplica(ShardEngine engine) throws SQLException {
    if (!outbox) {
      if (engine.note(Shard.REPLICA).isPresent()) {
        engine.note(Shard.REPLICA, "left");
      }
      return;
    }
    if (!engine.note(Shard.REPLICA).equals(Optional.of(Shard.MADE))) {
      checkAgainstLeftReplica();
      replication.fallBehind("it has yet to be made");
      return;
    }
    replication.believe(believed(engine));
    long applied;
    try {
      ShardEngine second = replica.open(false);
      applied = second.applied();
    } catch (SQLException e) {
      replication.fallBehind(
          replica.damaged(H2Failures.opening(id, Shard.REPLICA, e)).getMessage());
      return;
    } catch (LadangException e) {
      replication.fallBehind(e.getMessage());
      return;
    }
    checkNotOlder(applied);
    replication.opened(applied);
    if (applied < state.last || setup.book().behind(id)) {
      replication.missed();
    }
  }

  /**
   * A primary that knows of no replica may be one that H2 opened as it was long ago, when later versions of it could not be
   * read: a replica that lies there is then ahead of it, and must not be written over.
   */
  private void checkAgainstLeftReplica() throws SQLException {
    if (!Files.exists(replica.file())) {
      return;
    }
    try {
      checkNotOlder(replica.open(false).applied());
    } catch (LadangException e) {
      if (primary.damage().isPresent()) {
        throw e;
      }
      // A file that is no replica of this primary: it is made anew.
    }
  }

  private void checkNotOlder(long applied) {
    if (applied > state.last) {
      throw primary.damaged(
          older("it ends with write " + state.last + ", and its replica has write " + applied));
    }
  }

  private LadangException older(String how) {
    return new LadangException(
            "LADANG-SHARD-012",
            "The file of the primary of " + id + " is older than it was: " + how + ".")
        .next("shard:rebuild " + id + " makes it again from the replica.");
  }

  /** Up to which entry the replica follows as long as it cannot say so itself. */
  private long believed(ShardEngine engine) throws SQLException {
    if (setup.settings().replicas() == Replicas.sync && !setup.book().behind(id)) {
      return state.last;
    }
    List<OutboxEntry> first = engine.entries(0, 1);
    return first.isEmpty() ? state.last : first.get(0).number() - 1;
  }

  /** For reads while the primary is damaged. */
  private void openReplicaAlone() {
    if (!state.made || replica.engine().isPresent() && state.isReconciled()) {
      return;
    }
    try {
      ShardEngine second = replica.open(false);
      Declared declared = setup.declared().get();
      declare(second, second.tables(), declared);
      state.tables = declared.tables();
      state.reconciled = declared.version();
      if (setup.book().behind(id) || setup.settings().replicas() == Replicas.async) {
        // What is read may not be the last that was acknowledged, and has to say so.
        replication.missed();
      }
    } catch (SQLException e) {
      replica.damaged(H2Failures.opening(id, Shard.REPLICA, e));
    } catch (LadangException e) {
      // Kept as damage: the reader is told of the primary's.
      return;
    }
  }
}
