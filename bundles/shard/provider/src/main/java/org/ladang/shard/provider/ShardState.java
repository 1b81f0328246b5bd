package org.ladang.shard.provider;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Table;

/** What is known of a shard, for those who open it, write it, bring its copies in step, and make them again. */
final class ShardState {
  /** Which copy is being made again. */
  enum Rebuilding {
    NOTHING,
    PRIMARY,
    REPLICA
  }

  final String id;
  final ShardSetup setup;
  final Copy primary;
  final Copy replica;
  final Replication replication;
  final ShardLocks locks = new ShardLocks();

  /** Whether writes leave entries in the outbox: whether there are to be replicas. */
  final boolean outbox;

  final AtomicReference<Rebuilding> rebuilding = new AtomicReference<>(Rebuilding.NOTHING);
  volatile boolean made;
  volatile boolean ready;
  volatile boolean closed;
  volatile boolean readOnly;
  volatile boolean dirty;
  volatile long used;
  volatile long knownRows = -1;

  /** The declarations that the files follow, and which version of them. */
  volatile Map<String, Table> tables = Map.of();

  volatile long reconciled = -1;

  /** The number of the last outbox entry; changed by who writes. */
  volatile long last;

  /** Up to which entry the outbox was cut; for who writes. */
  long trimmed;

  ShardState(String id, boolean made, ShardSetup setup) {
    this.id = id;
    this.setup = setup;
    this.made = made;
    ClusterSettings settings = setup.settings();
    this.primary = copy("primary", settings.folder().resolve(id), settings.primary(setup.shards()));
    this.replica =
        copy(Shard.REPLICA, settings.replicaFolder().resolve(id), settings.replica(setup.shards()));
    this.replication = new Replication(id, replica, setup.clock(), setup.events(), setup.book());
    this.outbox = settings.replicas() != Replicas.none;
    this.used = setup.clock().nanos();
  }

  private Copy copy(String role, Path folder, H2ShardEngine.Settings settings) {
    return new Copy(
        id,
        role,
        folder.resolve(role),
        setup.cluster() + "/" + id,
        settings,
        setup.engines(),
        setup.fresh(),
        setup.steps(),
        setup.clock(),
        setup.events());
  }

  /** Whether the files follow the present declarations. */
  boolean isReconciled() {
    return reconciled == setup.declared().get().version();
  }

  /** What a failure of a copy means; gives the copy up when it can no longer be worked with. */
  LadangException failed(Copy copy, SQLException e, boolean write) {
    LadangException failure = H2Failures.running(e, write);
    if (H2Failures.lost(e)) {
      copy.lose(failure.getMessage());
      ready = false;
    }
    return failure;
  }
}
