package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Expect;
import org.ladang.shard.Page;
import org.ladang.shard.Row;
import org.ladang.shard.Scan;
import org.ladang.shard.provider.backup.BackupActions;
import org.ladang.shard.provider.backup.BackupWatch;

/** Backups that people take and put back. */
class BackupTest extends ClusterTest {
  @Override
  @BeforeEach
  void open() {
    cluster = SmallCluster.open(root, clock, events);
  }

  private BackupActions backups() {
    return backups(2, 0);
  }

  private BackupActions backups(int keep, int days) {
    return new BackupActions(cluster, root, "backups", keep, days, clock, events, BackupWatch.NONE);
  }

  private BackupActions.MadeView backup() {
    return backups().backup(Optional.empty());
  }

  private void fill(int from, int to) {
    for (int i = from; i < to; i++) {
      cluster.put(
          "plants",
          "owner-" + i,
          "p",
          Map.of(
              "kind",
              "k" + i % 3,
              "height",
              i,
              "weight",
              i / 3.0,
              "price",
              new java.math.BigDecimal("12.50"),
              "ripe",
              i % 2 == 0,
              "sown",
              Instant.parse("2026-03-01T05:06:07.123456789Z"),
              "more",
              List.of("a", Map.of("b", i))),
          Expect.any());
    }
  }

  private Map<String, Row> rows() {
    Map<String, Row> rows = new TreeMap<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page page = cluster.scan(Scan.of("plants").limit(500).after(cursor));
      page.rows().forEach(r -> rows.put(r.owner() + "/" + r.id(), r));
      cursor = page.next();
    } while (cursor.isPresent());
    return rows;
  }

  @Test
  void whatWasBackedUpComesBackAsItWasOnBothCopies() {
    cluster.declare(PLANTS);
    fill(0, 120);
    Map<String, Row> before = rows();
    BackupActions.MadeView made = backup();
    assertThat(made.rows()).isEqualTo(120);
    fill(60, 200);
    cluster.delete("plants", "owner-3", "p", Expect.any());

    BackupActions.RestoredView restored = backups().restore(made.name());

    assertThat(restored.rows()).isEqualTo(120);
    assertThat(rows()).isEqualTo(before);
    assertThat(cluster.shards()).allSatisfy(s -> assertThat(s.sentence()).isEmpty());
    Copies.assertSame(cluster);
    // It goes on from there, also after a start.
    fill(500, 520);
    reopen();
    assertThat(rows()).hasSize(140);
    Copies.assertSame(cluster);
    assertThat(leftovers()).isEmpty();
  }

  private List<String> leftovers() {
    try (Stream<Path> files = Files.list(root.resolve("data"))) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.contains("restore") || f.contains("replaced"))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aBackupRestoresAnEmptyHome() throws Exception {
    cluster.declare(PLANTS);
    fill(0, 40);
    Map<String, Row> before = rows();
    String folder = backup().folder();
    cluster.close();
    Path other = root.resolve("other");
    cluster = SmallCluster.open(other, "another-node", clock, events, Steps.NONE);

    new BackupActions(cluster, other, "backups", 2, 0, clock, events, BackupWatch.NONE)
        .restore(folder);

    assertThat(rows()).isEqualTo(before);
    Copies.assertSame(cluster);
  }

  /**
   * One writer writes n to an owner of one shard, then to one of another: whoever sees the second must see the first, or
   * the set is of two moments.
   */
  @Test
  void aBackupShowsOneMomentWhileWritingGoesOn() throws Exception {
    cluster.declare(PLANTS);
    fill(0, 2_000);
    String first = ownerOn("shard-0");
    String second = ownerOn("shard-2");
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Integer> writer =
        CompletableFuture.supplyAsync(
            () -> {
              int n = 0;
              while (!stop.get()) {
                n++;
                // Backwards through the shards: a copy made shard by shard would see the later one
                // only.
                cluster.put("plants", second, "n", Map.of("height", n), Expect.any());
                cluster.put("plants", first, "n", Map.of("height", n), Expect.any());
              }
              return n;
            });
    List<BackupActions.MadeView> made = new ArrayList<>();
    List<Long> atLeast = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        long already = i * 20L;
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> cluster.get("plants", first, "n").isPresent() && height(first) > already);
        atLeast.add(height(first));
        made.add(backups(10, 0).backup(Optional.empty()));
      }
    } finally {
      stop.set(true);
    }
    assertThat(writer.get(30, TimeUnit.SECONDS)).isGreaterThan(60);
    for (int i = 0; i < 3; i++) {
      backups().restore(made.get(i).name());
      long a = height(second);
      long b = height(first);
      assertThat(b).isGreaterThanOrEqualTo(atLeast.get(i));
      assertThat(a - b).as("second %d, first %d", a, b).isBetween(0L, 1L);
      assertThat(cluster.count("plants")).isEqualTo(made.get(i).rows());
    }
  }

  private long height(String owner) {
    return cluster
        .get("plants", owner, "n")
        .orElseThrow()
        .decimal("height")
        .orElseThrow()
        .longValue();
  }

  private String ownerOn(String shard) {
    OpenCluster open = cluster.opened();
    for (int i = 0; ; i++) {
      if (open.map().shard(Buckets.of("seek-" + i)).equals(shard)) {
        return "seek-" + i;
      }
    }
  }

  @Test
  void aFlippedBitIsFoundBeforeAnythingIsReplaced() throws Exception {
    cluster.declare(PLANTS);
    fill(0, 30);
    BackupActions.MadeView made = backup();
    fill(30, 60);
    Path file = Path.of(made.folder()).resolve("shard-1.mv.db");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);

    LadangException refusal = refused("LADANG-SHARD-031", () -> backups().restore(made.name()));

    assertThat(refusal.getMessage()).contains(made.name(), "shard-1.mv.db", "SHA-256");
    assertThat(refusal.nextStep().orElseThrow()).contains("Nothing was changed", "shard:backups");
    assertThat(rows()).hasSize(60);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aTruncatedOrMissingFileIsNamedInTheList() throws Exception {
    cluster.declare(PLANTS);
    fill(0, 30);
    BackupActions.MadeView made = backup();
    Path file = Path.of(made.folder()).resolve("shard-2.mv.db");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(4_096);
    }
    assertThat(backups().backups(Optional.empty()).get(0).problem()).contains("shard-2.mv.db");
    refused("LADANG-SHARD-031", () -> backups().restore(made.name()));
    Files.delete(file);
    refused("LADANG-SHARD-031", () -> backups().restore(made.name()));
    refused("LADANG-SHARD-030", () -> backups().restore("no-such"));
    Files.writeString(
        Path.of(made.folder()).resolve("manifest.json"), "{\"format\": 1, \"files\": [");
    assertThat(backups().backups(Optional.empty()).get(0).problem()).contains("manifest.json");
    refused("LADANG-SHARD-031", () -> backups().restore(made.name()));
    assertThat(rows()).hasSize(30);
  }

  @Test
  void aManifestThatLeadsElsewhereIsRefused() throws Exception {
    cluster.declare(PLANTS);
    fill(0, 5);
    BackupActions.MadeView made = backup();
    Path manifest = Path.of(made.folder()).resolve("manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"shard-1.mv.db\"", "\"../../conf/x\""));
    refused("LADANG-SHARD-031", () -> backups().restore(made.name()));
  }

  @Test
  void onlyTheNewestBackupsAreKeptAndThoseYoungEnough() {
    cluster.declare(PLANTS);
    fill(0, 5);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clock.advance(Duration.ofDays(1));
      names.add(backups(100, 0).backup(Optional.empty()).name());
    }
    clock.advance(Duration.ofHours(1));
    // The first three days are older than two days, less an hour.
    BackupActions.MadeView last = backups(1, 2).backup(Optional.empty());
    assertThat(last.pruned()).containsExactly(names.get(1), names.get(0));
    assertThat(backups().backups(Optional.empty()))
        .extracting(BackupActions.BackupView::name)
        .containsExactly(last.name(), names.get(3), names.get(2));
    BackupActions.MadeView next = backups(1, 0).backup(Optional.empty());
    assertThat(next.pruned()).hasSize(3);
    assertThat(backups().backups(Optional.empty())).hasSize(1);
    assertThat(Path.of(next.folder())).isDirectory();
  }

  @Test
  void aForeignFolderIsNeverPruned() throws Exception {
    cluster.declare(PLANTS);
    fill(0, 5);
    Path mine = Files.createDirectories(root.resolve("backups/shards-by-hand"));
    Files.writeString(mine.resolve("note.txt"), "mine");
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofMinutes(1));
      backups(1, 0).backup(Optional.empty());
    }
    assertThat(mine.resolve("note.txt")).hasContent("mine");
  }

  @Test
  void aBackupOfAShardWhosePrimaryIsDamagedTakesItsReplica() throws Exception {
    cluster.declare(PLANTS);
    fill(0, 60);
    Map<String, Row> before = rows();
    cluster.close();
    Path primary = root.resolve("data/shards/shard-1/primary.mv.db");
    Files.delete(primary);
    open();
    assertThat(rows()).hasSize(60);

    BackupActions.MadeView made = backup();

    assertThat(made.rows()).isEqualTo(60);
    backups().restore(made.name());
    assertThat(rows()).isEqualTo(before);
    assertThat(primary).exists();
    Copies.assertSame(cluster);
  }
}
