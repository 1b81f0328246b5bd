package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Expect;
import org.ladang.shard.Table;
import org.ladang.shard.WriteOutcome;

/**
 * Routers, writers, shards and replicas on one thread, in an order that a seed chooses, with faults that it chooses, too:
 * the process is killed at any step of a write or of replication, disks go and come back, in the middle of a step as
 * well, a bucket gets a new epoch that a router does not know of, the clock goes back. The shards, their replication, the
 * map and the plan of a write are the real ones; the disks are in memory.
 *
 * <p>It is wrong when an acknowledged write is not on both copies at the moment of its acknowledgement without a warning,
 * when a read that claims to be up to date misses one, when an outbox has a gap, or when, after all is healed, anything
 * acknowledged is missing on either copy.
 */
final class Simulation {
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /** Time as the simulation says. */
  private static final class SimClock implements Clock {
    private long micros = 1_700_000_000_000_000L;
    private long nanos = 1;

    @Override
    public Instant now() {
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    @Override
    public long nanos() {
      return nanos;
    }

    void pass(Duration time) {
      micros += time.toNanos() / 1_000;
      nanos += time.toNanos();
    }
  }

  /** What outlives the process beside the shards' files: the catalogue. */
  private static final class Book implements ShardBook {
    private final Set<String> made = new HashSet<>();
    private final Set<String> behind = new HashSet<>();
    private ShardMap map;

    @Override
    public void made(String shard) {
      made.add(shard);
    }

    @Override
    public boolean behind(String shard) {
      return behind.contains(shard);
    }

    @Override
    public void behind(String shard, boolean missing) {
      if (missing) {
        behind.add(shard);
      } else {
        behind.remove(shard);
      }
    }

    @Override
    public void ahead(Table table) {
      throw new AssertionError("Nobody declares");
    }
  }

  private static final Table TABLE = Table.of("t");
  private static final List<String> SHARDS =
      List.of(
          "shard-0", "shard-1", "shard-2", "shard-3", "shard-4", "shard-5", "shard-6", "shard-7");
  private static final ShardMap FIRST = MapFill.fill(SHARDS);
  private static final List<String> OWNERS = owners();
  private static final int STEPS = 120;
  private static final Optional<String> GONE = Optional.empty();

  private final Random random;
  private final MemoryDisk disk = new MemoryDisk();
  private final SimClock clock = new SimClock();
  private final Book book = new Book();
  private final Declared declared = new Declared(1, Map.of(TABLE.name(), TABLE));
  private final ShardMap[] routers = new ShardMap[2];
  private final Map<String, Shard> shards = new LinkedHashMap<>();
  private final List<String> story = new ArrayList<>();

  /** For each row the documents that it may have: one, or two after a write of which nobody knows. */
  private final Map<String, Set<Optional<String>>> model = new HashMap<>();

  private final Map<String, Set<Long>> versions = new HashMap<>();
  private boolean faults = true;
  private int number;
  private int acknowledged;
  private int kills;

  Simulation(long seed) {
    random = new Random(seed);
    book.map = FIRST;
    routers[0] = FIRST;
    routers[1] = FIRST;
    start();
  }

  /** Four owners on two of the shards. */
  private static List<String> owners() {
    List<String> found = new ArrayList<>();
    for (int place = 0; place < 2; place++) {
      for (int i = 0, n = 0; n < 2; i++) {
        if (FIRST.home(Buckets.of("o" + i)) == place) {
          found.add("o" + i);
          n++;
        }
      }
    }
    return found;
  }

  int acknowledged() {
    return acknowledged;
  }

  int kills() {
    return kills;
  }

  List<String> story() {
    return story;
  }

  private void start() {
    shards.clear();
    ShardSetup setup =
        new ShardSetup(
            "sim",
            SmallCluster.settings(Path.of("/sim"), Replicas.sync),
            SHARDS.size(),
            () -> book.map,
            () -> declared,
            book,
            disk,
            CopyChoice.PRIMARY,
            new FirstVersions(clock),
            this::reached,
            clock,
            new Fakes.TestEvents());
    for (String id : SHARDS.subList(0, 2)) {
      Shard shard = new Shard(id, book.made.contains(id), setup);
      shards.put(id, shard);
    }
  }

  /** Between two steps of the real code anything may happen. */
  private void reached(Step step, String shard) {
    if (!faults) {
      return;
    }
    int dice = random.nextInt(100);
    if (dice < 3) {
      story.add("killed after " + step + " of " + shard);
      throw new Killed();
    }
    if (dice < 5) {
      toggle(shard, "replica");
    } else if (dice == 5) {
      toggle(shard, "primary");
    }
  }

  private void toggle(String shard, String role) {
    file(shard, role)
        .ifPresent(
            f -> {
              f.reachable = !f.reachable;
              story.add(role + " of " + shard + (f.reachable ? " is back" : " is gone"));
            });
  }

  private Optional<MemoryDisk.File> file(String shard, String role) {
    Shard known = shards.get(shard);
    return disk.file(role.equals("primary") ? known.primary().base() : known.replica().base());
  }

  void run() {
    for (int i = 0; i < STEPS; i++) {
      try {
        step();
      } catch (Killed e) {
        kills++;
        shards.values().forEach(Shard::abandon);
        clock.pass(Duration.ofMillis(500));
        start();
      }
      outboxes();
    }
    heal();
    check();
  }

  private void step() {
    clock.pass(Duration.ofNanos(1_000L * (1 + random.nextInt(500))));
    int dice = random.nextInt(100);
    String shard = SHARDS.get(random.nextInt(2));
    if (dice < 60) {
      write();
    } else if (dice < 72) {
      read();
    } else if (dice < 80) {
      upkeep();
    } else if (dice < 86) {
      toggle(shard, random.nextInt(4) == 0 ? "primary" : "replica");
    } else if (dice < 92) {
      newEpoch();
    } else if (dice < 96) {
      clock.pass(Duration.ofSeconds(random.nextInt(8)));
    } else {
      clock.micros -= 1_000L * random.nextInt(3_600_000) + random.nextInt(1_000);
      story.add("the clock goes back");
    }
  }

  private void write() {
    int router = random.nextInt(2);
    String owner = OWNERS.get(random.nextInt(OWNERS.size()));
    String id = "r" + random.nextInt(2);
    boolean delete = random.nextInt(5) == 0;
    Optional<String> document = delete ? GONE : Optional.of("{\"n\":" + ++number + "}");
    String key = owner + "/" + id;
    Set<Optional<String>> before = model.getOrDefault(key, Set.of(GONE));
    Set<Optional<String>> either = new HashSet<>(before);
    either.add(document);
    // Until it is said how it ended, and if it is never said, both are good.
    model.put(key, either);
    Change change =
        new Change(
            TABLE,
            owner,
            id,
            Buckets.of(owner),
            Expect.any(),
            document.map(d -> new Content(List.of(), d)));
    for (int attempt = 0; attempt < 5; attempt++) {
      ShardMap map = routers[router];
      Shard shard = shards.get(map.shard(change.bucket()));
      try {
        Shard.Written written = shard.write(map, tables -> List.of(change));
        story.add("wrote " + key + " " + document.orElse("gone") + " " + written.warnings());
        acknowledged(shard, change, document, written);
        return;
      } catch (StaleRoute e) {
        routers[router] = book.map;
      } catch (LadangException e) {
        story.add("refused " + key + " " + document.orElse("gone") + ": " + e.getMessage());
        if (Set.of("LADANG-SHARD-011", "LADANG-SHARD-012", "LADANG-SHARD-013").contains(e.code())) {
          // These say that nothing was written.
          model.put(key, before);
        }
        return;
      }
    }
    model.put(key, before);
  }

  private void acknowledged(
      Shard shard, Change change, Optional<String> document, Shard.Written written) {
    acknowledged++;
    String key = change.owner() + "/" + change.id();
    model.put(key, Set.of(document));
    if (written.outcomes().get(0) instanceof WriteOutcome.Written row) {
      assertThat(versions.computeIfAbsent(key, k -> new HashSet<>()).add(row.version()))
          .as("version %d of %s is new", row.version(), key)
          .isTrue();
    }
    assertThat(on(shard.id(), "primary", change)).as("primary, %s", key).isEqualTo(document);
    if (written.warnings().isEmpty()) {
      assertThat(on(shard.id(), "replica", change)).as("replica, %s", key).isEqualTo(document);
    } else {
      assertThat(book.behind).as("noted before the acknowledgement").contains(shard.id());
    }
  }

  private Optional<String> on(String shard, String role, Change change) {
    return Optional.ofNullable(
            file(shard, role).orElseThrow().row(TABLE.name(), change.owner(), change.id()))
        .map(r -> r.content().document());
  }

  private void read() {
    String owner = OWNERS.get(random.nextInt(OWNERS.size()));
    String id = "r" + random.nextInt(2);
    Shard shard = shards.get(routers[random.nextInt(2)].shard(Buckets.of(owner)));
    try {
      Optional<Optional<String>> found =
          shard.read(
              (engine, tables, behind) -> {
                Optional<StoredRow> row = engine.get(TABLE, owner, id);
                // A copy that is behind says so.
                return behind.isZero()
                    ? Optional.of(row.map(r -> r.content().document()))
                    : Optional.<Optional<String>>empty();
              },
              () -> Optional.of(GONE));
      found.ifPresent(
          document ->
              assertThat(model.getOrDefault(owner + "/" + id, Set.of(GONE)))
                  .as("read of %s/%s", owner, id)
                  .contains(document));
    } catch (LadangException e) {
      story.add("no read: " + e.getMessage());
    }
  }

  private void upkeep() {
    for (Shard shard : shards.values()) {
      shard.syncWhenWritten();
      shard.catchUp();
      if (random.nextInt(10) == 0) {
        shard.closeWhenIdle(Duration.ofSeconds(1));
      }
    }
    clock.pass(Duration.ofSeconds(1));
  }

  /** As a move ends: the shard learns the bucket's new epoch first, then the catalogue does, then the routers ask. */
  private void newEpoch() {
    String owner = OWNERS.get(random.nextInt(OWNERS.size()));
    int bucket = Buckets.of(owner);
    ShardMap next = book.map.moved(bucket, book.map.shard(bucket));
    Optional<MemoryDisk.File> primary = file(next.shard(bucket), "primary");
    Optional<MemoryDisk.File> replica = file(next.shard(bucket), "replica");
    if (primary.isEmpty() || replica.isEmpty()) {
      return;
    }
    for (MemoryDisk.File file : List.of(primary.get(), replica.get())) {
      Map<Integer, Long> owned = new HashMap<>(file.owned);
      owned.put(bucket, next.epoch(bucket));
      file.owned = owned;
    }
    book.map = next;
    story.add("bucket of " + owner + " has epoch " + next.epoch(bucket));
  }

  private void outboxes() {
    for (String shard : SHARDS.subList(0, 2)) {
      Optional<MemoryDisk.File> primary = file(shard, "primary");
      Optional<MemoryDisk.File> replica = file(shard, "replica");
      if (primary.isEmpty() || replica.isEmpty() || primary.get().outbox.isEmpty()) {
        continue;
      }
      long first = primary.get().outbox.firstKey();
      long last = primary.get().outbox.lastKey();
      assertThat(primary.get().outbox).as("no gap in the outbox").hasSize((int) (last - first + 1));
      assertThat(replica.get().applied).as("never ahead").isLessThanOrEqualTo(last);
      assertThat(first)
          .as("what is missing is kept")
          .isLessThanOrEqualTo(replica.get().applied + 1);
    }
  }

  private void heal() {
    faults = false;
    story.add("all is healed");
    for (int i = 0; i < 6; i++) {
      for (String shard : SHARDS.subList(0, 2)) {
        file(shard, "primary").ifPresent(f -> f.reachable = true);
        file(shard, "replica").ifPresent(f -> f.reachable = true);
      }
      clock.pass(Duration.ofSeconds(10));
      for (Shard shard : shards.values()) {
        if (shard.made()) {
          shard.follow();
        }
        shard.catchUp();
      }
    }
  }

  private void check() {
    for (Map.Entry<String, Set<Optional<String>>> entry : model.entrySet()) {
      String[] key = entry.getKey().split("/");
      String shard = FIRST.shard(Buckets.of(key[0]));
      Optional<Optional<String>> primary = document(shard, "primary", key);
      assertThat(entry.getValue())
          .as("in the end, %s", entry.getKey())
          .contains(primary.orElse(GONE));
      assertThat(document(shard, "replica", key).orElse(GONE))
          .as("in the end, replica of %s", entry.getKey())
          .isEqualTo(primary.orElse(GONE));
    }
    assertThat(book.behind).isEmpty();
  }

  private Optional<Optional<String>> document(String shard, String role, String... key) {
    return file(shard, role)
        .map(
            f ->
                Optional.ofNullable(f.row(TABLE.name(), key[0], key[1]))
                    .map(r -> r.content().document()));
  }
}
