package org.ladang.shard.provider;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Table;

/** The cluster once its catalogue is open: the present map, the present declarations, and the shards. */
final class OpenCluster implements ShardBook {
  private final String name;
  private final Catalogue catalogue;
  private final List<Shard> shards = new ArrayList<>();
  private final Events events;
  private final Set<String> behind = ConcurrentHashMap.newKeySet();
  private final Object declaring = new Object();
  private Ids ids;
  private volatile ShardMap map;
  private volatile Declared declared;

  private OpenCluster(
      String name, Catalogue catalogue, Events events, ShardMap map, Map<String, Table> tables) {
    this.name = name;
    this.catalogue = catalogue;
    this.events = events;
    this.map = map;
    this.declared = new Declared(1, tables);
  }

  static OpenCluster open(
      ClusterSettings settings,
      String cluster,
      CopyChoice choice,
      LongSupplier fresh,
      Steps steps,
      Clock clock,
      Events events) {
    Catalogue catalogue = new CatalogueFolder(settings, cluster, clock, events).open();
    try {
      ShardMap map = catalogue.map().orElseThrow();
      String name = catalogue.note("cluster").orElse(cluster);
      OpenCluster open = new OpenCluster(name, catalogue, events, map, catalogue.declared());
      List<Catalogue.Entry> entries = catalogue.entries();
      ShardSetup setup =
          new ShardSetup(
              name,
              settings,
              entries.size(),
              () -> open.map,
              () -> open.declared,
              open,
              new H2Blanks(settings.folder(), () -> open.declared.tables().values()),
              choice,
              fresh,
              steps,
              clock,
              events);
      open.ids = new Ids(clock, name, open.new IdReserve());
      for (Catalogue.Entry entry : entries) {
        if (entry.behind()) {
          open.behind.add(entry.id());
        }
        Shard shard = new Shard(entry.id(), entry.made(), setup);
        shard.readOnly(entry.readOnly());
        open.shards.add(shard);
      }
      return open;
    } catch (SQLException e) {
      catalogue.close(false);
      throw H2Failures.opening("all shards", "catalogue", e);
    }
  }

  private final class IdReserve implements Ids.Reserve {
    private static final String KEY = "ids";

    @Override
    public long load() {
      try {
        return catalogue.note(KEY).map(Long::parseLong).orElse(0L);
      } catch (SQLException e) {
        throw H2Failures.running(e, false);
      }
    }

    @Override
    public void store(long until) {
      try {
        catalogue.note(KEY, Long.toString(until));
      } catch (SQLException e) {
        throw H2Failures.running(e, true);
      }
    }
  }

  Ids ids() {
    return ids;
  }

  ShardMap map() {
    return map;
  }

  Map<String, Table> tables() {
    return declared.tables();
  }

  Declared declared() {
    return declared;
  }

  String name() {
    return name;
  }

  List<Shard> shards() {
    return shards;
  }

  Shard home(ShardMap of, int bucket) {
    return shards.get(of.home(bucket));
  }

  Shard shard(String id) {
    return shards.stream()
        .filter(s -> s.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new LadangException("LADANG-SHARD-019", "There is no shard " + id + ".")
                    .next(
                        "The shards are: "
                            + String.join(", ", shards.stream().map(Shard::id).toList())
                            + "."));
  }

  Catalogue catalogue() {
    return catalogue;
  }

  /** Reads the map again after a shard has said that this one is stale. */
  void reload(ShardMap stale) {
    try {
      ShardMap present = catalogue.map().orElse(stale);
      synchronized (this) {
        if (present.version() > map.version()) {
          map = present;
        }
      }
    } catch (SQLException e) {
      throw H2Failures.running(e, false);
    }
  }

  /** Declares a table in the catalogue first and in the shards then: one that is cut off in between follows later. */
  Table declare(Table table) {
    synchronized (declaring) {
      Optional<Table> before = Optional.ofNullable(declared.tables().get(table.name()));
      Table wanted = before.map(b -> Declarations.merge(b, table)).orElse(table);
      if (before.equals(Optional.of(wanted))) {
        return wanted;
      }
      for (Shard shard : shards) {
        shard.probe(wanted, before);
      }
      publish(wanted);
      for (Shard shard : shards) {
        shard.follow();
      }
      return wanted;
    }
  }

  private synchronized void publish(Table wanted) {
    try {
      catalogue.declare(wanted);
    } catch (SQLException e) {
      throw H2Failures.running(e, true);
    }
    Map<String, Table> tables = new TreeMap<>(declared.tables());
    tables.put(wanted.name(), wanted);
    declared = new Declared(declared.version() + 1, tables);
  }

  @Override
  public void ahead(Table table) {
    publish(table);
  }

  @Override
  public void made(String shard) {
    try {
      catalogue.made(shard);
    } catch (SQLException e) {
      throw H2Failures.running(e, true);
    }
  }

  @Override
  public boolean behind(String shard) {
    return behind.contains(shard);
  }

  @Override
  public void behind(String shard, boolean missing) {
    boolean changed = missing ? behind.add(shard) : behind.remove(shard);
    if (!changed) {
      return;
    }
    try {
      catalogue.behind(shard, missing);
    } catch (SQLException e) {
      events.error(
          "shard.catalogue.failed",
          shard,
          "The catalogue could not note how the replica of "
              + shard
              + " does: "
              + H2Failures.running(e, true).getMessage());
    }
  }

  /** Makes a bucket at home on another shard; what is in it is the caller's affair. */
  synchronized ShardMap move(int bucket, String to) {
    ShardMap next = map.moved(bucket, to);
    try {
      catalogue.move(next, bucket);
    } catch (SQLException e) {
      throw H2Failures.running(e, true);
    }
    map = next;
    return next;
  }

  /** Refuses unless each shard can be read, has so many rows, and its replica misses nothing. */
  void check(Map<String, Long> rows) {
    for (Map.Entry<String, Long> expected : rows.entrySet()) {
      Shard shard = shard(expected.getKey());
      long found =
          shard.read(
              (engine, known, behind) -> {
                long sum = 0;
                for (Table table : known.values()) {
                  sum += engine.count(table, Optional.empty());
                }
                return sum;
              },
              () -> 0L);
      Optional<String> problem =
          shard
              .primary()
              .damage()
              .map(LadangException::getMessage)
              .or(() -> shard.replication().behind());
      if (found != expected.getValue() || problem.isPresent()) {
        throw new LadangException(
            "LADANG-SHARD-012",
            problem.orElse(
                shard.id() + " has " + found + " rows, not " + expected.getValue() + "."));
      }
    }
  }

  /** Has a shard refuse writes, or take them, also after a restart. */
  void readOnly(String id, boolean only) {
    Shard shard = shard(id);
    try {
      catalogue.readOnly(id, only);
    } catch (SQLException e) {
      throw H2Failures.running(e, true);
    }
    shard.readOnly(only);
    events.info(
        "shard.readonly",
        id,
        "The shard " + id + (only ? " is read-only." : " takes writes again."));
  }

  void close() {
    shards.forEach(Shard::close);
    catalogue.close(true);
  }

  void abandon() {
    shards.forEach(Shard::abandon);
    catalogue.close(false);
  }
}
