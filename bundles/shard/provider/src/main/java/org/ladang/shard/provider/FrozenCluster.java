package org.ladang.shard.provider;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.shard.provider.backup.Frozen;

/** All shards as they were while writers were held off, for a backup. */
final class FrozenCluster implements Frozen {
  private final OpenCluster cluster;
  private final Map<String, Snapshot> shards;
  private final List<Catalogue.Entry> entries;
  private final ShardMap map;
  private final Declared declared;
  private final Instant at;
  private final long held;

  private FrozenCluster(
      OpenCluster cluster,
      Map<String, Snapshot> shards,
      List<Catalogue.Entry> entries,
      ShardMap map,
      Declared declared,
      Instant at,
      long held) {
    this.cluster = cluster;
    this.shards = shards;
    this.entries = entries;
    this.map = map;
    this.declared = declared;
    this.at = at;
    this.held = held;
  }

  /** Holds the writers of all shards, one after the other, looks at all shards, and lets them go. */
  static FrozenCluster of(OpenCluster cluster, Clock clock) {
    cluster.shards().forEach(Shard::pin);
    boolean good = false;
    try {
      // Those that are closed are opened before anybody has to wait.
      cluster.shards().forEach(Shard::follow);
      FrozenCluster frozen = look(cluster, clock);
      good = true;
      return frozen;
    } finally {
      if (!good) {
        cluster.shards().forEach(Shard::unpin);
      }
    }
  }

  private static FrozenCluster look(OpenCluster cluster, Clock clock) {
    List<Shard> held = new ArrayList<>();
    Map<String, Snapshot> looks = new LinkedHashMap<>();
    boolean good = false;
    long began = clock.nanos();
    try {
      for (Shard shard : cluster.shards()) {
        shard.hold();
        held.add(shard);
      }
      Instant at = clock.now();
      for (Shard shard : cluster.shards()) {
        if (shard.made()) {
          looks.put(shard.id(), shard.look());
        }
      }
      FrozenCluster frozen =
          new FrozenCluster(
              cluster,
              looks,
              cluster.catalogue().entries(),
              cluster.map(),
              cluster.declared(),
              at,
              clock.nanos() - began);
      good = true;
      return frozen;
    } catch (SQLException e) {
      throw H2Failures.running(e, false);
    } finally {
      held.forEach(Shard::letGo);
      if (!good) {
        looks.values().forEach(Snapshot::close);
      }
    }
  }

  @Override
  public Instant at() {
    return at;
  }

  @Override
  public long heldNanos() {
    return held;
  }

  @Override
  public String cluster() {
    return cluster.name();
  }

  @Override
  public List<String> shards() {
    return List.copyOf(shards.keySet());
  }

  @Override
  public Copied copy(String shard, Path file) {
    Snapshot snapshot = shards.get(shard);
    try {
      long rows = snapshot.copyTo(file);
      if (cluster.declared().version() != declared.version()) {
        throw new LadangException(
                "LADANG-SHARD-013", "A table was declared while the shards were being copied.")
            .next("Take the backup again.");
      }
      return new Copied(rows, snapshot.last());
    } catch (SQLException e) {
      throw H2Failures.running(e, false);
    }
  }

  @Override
  public void catalogue(Path file) {
    List<Catalogue.Entry> sound =
        entries.stream()
            .map(
                e ->
                    new Catalogue.Entry(
                        e.id(), e.weight(), shards.containsKey(e.id()), false, e.readOnly()))
            .toList();
    try {
      // Its name in a set is its name in the cluster.
      Catalogue copy = Catalogue.open(file.getParent(), true);
      try {
        copy.store(cluster.name(), map, sound);
        for (var table : declared.tables().values()) {
          copy.declare(table);
        }
      } finally {
        copy.close(true);
      }
    } catch (SQLException e) {
      throw H2Failures.running(e, false);
    }
  }

  @Override
  public void close() {
    shards.values().forEach(Snapshot::close);
    cluster.shards().forEach(Shard::unpin);
  }
}
