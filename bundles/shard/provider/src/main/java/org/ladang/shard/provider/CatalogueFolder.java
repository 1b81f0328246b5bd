package org.ladang.shard.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.shard.ShardCluster;
import org.ladang.shard.Table;

/**
 * Opens the catalogue: the one that is there, a new one where there are no shards either, or one made from the shards
 * when it is lost or damaged. A damaged one is put aside, never deleted.
 */
final class CatalogueFolder {
  private static final String PREFIX = "shard-";

  private final ClusterSettings settings;
  private final String cluster;
  private final Clock clock;
  private final Events events;

  CatalogueFolder(ClusterSettings settings, String cluster, Clock clock, Events events) {
    this.settings = settings;
    this.cluster = cluster;
    this.clock = clock;
    this.events = events;
  }

  Catalogue open() {
    try {
      Files.createDirectories(settings.folder());
      Path file = Catalogue.file(settings.folder());
      if (Files.exists(file)) {
        Optional<Catalogue> good = present();
        if (good.isPresent()) {
          return good.get();
        }
        Path aside =
            file.resolveSibling("catalogue.damaged-" + clock.now().toEpochMilli() + ".mv.db");
        Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
      }
      Set<String> found = shardsOnDisk();
      return found.isEmpty() ? fresh() : rebuilt(found);
    } catch (IOException e) {
      throw new LadangException(
              "LADANG-SHARD-014", "The folder of the shards cannot be written.", e)
          .next("See that the disk is there, not full, and may be written.");
    } catch (SQLException e) {
      throw H2Failures.opening("all shards", "catalogue", e);
    }
  }

  /** The catalogue that is there; empty when it is of no use. */
  private Optional<Catalogue> present() throws SQLException {
    Catalogue catalogue;
    try {
      catalogue = Catalogue.open(settings.folder(), true);
    } catch (SQLException e) {
      if (H2Failures.inUse(e)) {
        throw e;
      }
      return Optional.empty();
    }
    try {
      if (catalogue.map().isPresent()) {
        return Optional.of(catalogue);
      }
    } catch (SQLException e) {
      H2Failures.unheard(e);
    }
    catalogue.close(false);
    return Optional.empty();
  }

  private Catalogue fresh() throws SQLException {
    List<String> shards = new ArrayList<>();
    for (int i = 0; i < settings.shards(); i++) {
      shards.add(PREFIX + i);
    }
    Catalogue catalogue = Catalogue.open(settings.folder(), true);
    catalogue.store(cluster, MapFill.fill(shards), entries(shards, Set.of(), Set.of()));
    return catalogue;
  }

  private static List<Catalogue.Entry> entries(
      List<String> shards, Set<String> made, Set<String> behind) {
    return shards.stream()
        .map(id -> new Catalogue.Entry(id, 1, made.contains(id), behind.contains(id), false))
        .toList();
  }

  private Set<String> shardsOnDisk() throws IOException {
    Set<String> found = new TreeSet<>();
    collect(settings.folder(), "primary", found);
    collect(settings.replicaFolder(), "replica", found);
    return found;
  }

  private static void collect(Path folder, String role, Set<String> found) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .filter(
              e ->
                  e.getFileName().toString().startsWith(PREFIX)
                      && Files.exists(H2ShardEngine.file(e.resolve(role))))
          .forEach(e -> found.add(e.getFileName().toString()));
    }
  }

  /** Asks each shard which buckets it owns; of two that claim one, the later epoch has it. */
  private Catalogue rebuilt(Set<String> found) throws SQLException {
    Map<String, Map<Integer, Long>> owned = new HashMap<>();
    Map<String, Table> tables = new TreeMap<>();
    Set<String> silent = new HashSet<>();
    Set<String> made = new HashSet<>(found);
    int count = settings.shards();
    for (String id : found) {
      count = Math.max(count, 1 + number(id));
      Optional<ShardFacts> facts = facts(id);
      if (facts.isEmpty()) {
        silent.add(id);
        continue;
      }
      owned.put(id, facts.get().owned());
      count = Math.max(count, facts.get().shards());
      if (facts.get().shards() == 0) {
        // Its making was cut off: it is made again.
        made.remove(id);
      }
      facts.get().tables().values().forEach(t -> tables.merge(t.name(), t, Declarations::merge));
    }
    if (owned.isEmpty()) {
      throw new LadangException(
              "LADANG-SHARD-012",
              "The catalogue of the shards is lost, and none of the "
                  + found.size()
                  + " shards can be read.")
          .next("Put data/shards back from a backup.");
    }
    List<String> shards = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shards.add(PREFIX + i);
    }
    ShardMap map = map(shards, owned);
    Catalogue catalogue = Catalogue.open(settings.folder(), true);
    for (Table table : tables.values()) {
      catalogue.declare(table);
    }
    // Whether a replica misses something is not known any more: believe the worst of those whose
    // primary did not speak.
    catalogue.store(cluster, map, entries(shards, made, silent));
    events.warning(
        "shard.catalogue.rebuilt",
        "catalogue",
        "The catalogue of the shards was lost or damaged, and was made again from "
            + owned.size()
            + " shards.");
    return catalogue;
  }

  private static int number(String id) {
    try {
      return Integer.parseInt(id.substring(PREFIX.length()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private record ShardFacts(Map<Integer, Long> owned, Map<String, Table> tables, int shards) {}

  private Optional<ShardFacts> facts(String id) {
    List<Path> copies =
        List.of(
            settings.folder().resolve(id).resolve("primary"),
            settings.replicaFolder().resolve(id).resolve("replica"));
    for (Path base : copies) {
      if (!Files.exists(H2ShardEngine.file(base))) {
        continue;
      }
      try {
        H2ShardEngine engine =
            H2ShardEngine.open(base, Optional.empty(), settings.primary(10), () -> 0, Steps.NONE);
        try {
          return Optional.of(
              new ShardFacts(
                  engine.owned(),
                  engine.tables(),
                  engine.note(Shard.SHARDS).map(Integer::parseInt).orElse(0)));
        } finally {
          // Nothing was written, and giving space back now would be in the way of the first call.
          engine.abandon();
        }
      } catch (SQLException e) {
        events.warning(
            "shard.catalogue.silent",
            id,
            base.getFileName() + " of " + id + " cannot say which buckets it owns.");
      }
    }
    return Optional.empty();
  }

  private static ShardMap map(List<String> shards, Map<String, Map<Integer, Long>> owned) {
    int[] home = new int[ShardCluster.BUCKETS];
    long[] epochs = new long[ShardCluster.BUCKETS];
    Arrays.fill(epochs, 1);
    for (int bucket = 0; bucket < home.length; bucket++) {
      home[bucket] = MapFill.choose(bucket, shards);
      long newest = 0;
      for (Map.Entry<String, Map<Integer, Long>> shard : owned.entrySet()) {
        Long epoch = shard.getValue().get(bucket);
        if (epoch != null && epoch > newest) {
          newest = epoch;
          home[bucket] = shards.indexOf(shard.getKey());
          epochs[bucket] = epoch;
        }
      }
    }
    long version = Arrays.stream(epochs).max().orElse(1);
    return new ShardMap(version, shards, home, epochs);
  }
}
