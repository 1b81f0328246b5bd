package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ladang.shard.Expect;
import org.ladang.shard.ShardInfo;
import org.ladang.shard.provider.file.SteadyFiles;

class DamageTest extends ClusterTest {
  private String home;
  private Path primary;
  private Path replica;

  @BeforeEach
  void fill() {
    shards().declare(PLANTS);
    shards().put("plants", "sari", "p1", kind("padi"), Expect.any());
    home = cluster.opened().home(cluster.opened().map(), Buckets.of("sari")).id();
    primary = root.resolve("data/shards/" + home + "/primary.mv.db");
    replica = root.resolve("data/replicas/" + home + "/replica.mv.db");
    cluster.close();
  }

  private ShardInfo info() {
    return shards().shards().stream().filter(s -> s.id().equals(home)).findFirst().orElseThrow();
  }

  @Test
  void aDeletedPrimaryIsDamageAndItsReplicaIsRead() throws IOException {
    Path aside = Files.move(primary, root.resolve("aside"));
    open();

    assertThat(shards().get("plants", "sari", "p1")).isPresent();
    assertThat(shards().count("plants")).isEqualTo(1);
    var refusal =
        refused(
            "LADANG-SHARD-012",
            () -> shards().put("plants", "sari", "p2", kind("x"), Expect.any()));

    assertThat(refusal.line()).contains("gone").contains("shard:rebuild " + home);
    assertThat(primary).doesNotExist();
    assertThat(info().state()).isEqualTo(ShardInfo.State.READ_ONLY);
    assertThat(info().sentence()).contains("gone").contains("replica");
    assertThat(new ShardHealthCheck(cluster).execute().getStatus()).isEqualTo(Result.Status.WARN);
    assertThat(new ShardActions(cluster).stats().problems()).hasSize(1);
    assertThat(events.recent("shard.damaged", 10)).hasSize(1);

    Files.move(aside, primary);
    clock.advance(Copy.AGAIN);
    shards().put("plants", "sari", "p2", kind("x"), Expect.any());
    assertThat(events.recent("shard.recovered", 10)).hasSize(1);
    assertThat(new ShardHealthCheck(cluster).execute().getStatus()).isEqualTo(Result.Status.OK);
  }

  @Test
  void bothCopiesGoneIsDamageAndNoNewDatabase() throws IOException {
    Path aside = Files.move(primary, root.resolve("aside"));
    Files.delete(replica);
    open();

    var refusal = refused("LADANG-SHARD-012", () -> shards().get("plants", "sari", "p1"));

    assertThat(refusal.line()).contains("gone").contains("backup");
    assertThat(primary).doesNotExist();
    assertThat(replica).doesNotExist();
    assertThat(info().state()).isEqualTo(ShardInfo.State.DAMAGED);
    assertThat(new ShardHealthCheck(cluster).execute().getStatus())
        .isEqualTo(Result.Status.CRITICAL);
    Files.move(aside, primary);
    clock.advance(Copy.AGAIN);
    assertThat(shards().get("plants", "sari", "p1")).isPresent();
  }

  @Test
  void aPrimaryFullOfNoiseIsDamage() throws IOException {
    Files.write(primary, new byte[100_000]);
    open();

    var refusal =
        refused(
            "LADANG-SHARD-012",
            () -> shards().put("plants", "sari", "p2", kind("x"), Expect.any()));

    assertThat(refusal.line()).doesNotContain(root.toString());
    assertThat(shards().get("plants", "sari", "p1")).isPresent();
  }

  @Test
  void aPrimaryThatMayNotBeReadIsDamageUntilItMay() {
    Path folder = primary.getParent();
    SteadyFiles.watch(
        folder,
        (operation, file, position, length) -> {
          throw new AccessDeniedException(file.toString());
        });
    try {
      open();
      assertThat(shards().get("plants", "sari", "p1")).isPresent();
      var refusal =
          refused(
              "LADANG-SHARD-012",
              () -> shards().put("plants", "sari", "p2", kind("x"), Expect.any()));
      assertThat(refusal.line()).contains("shard:rebuild " + home).doesNotContain(root.toString());
      assertThat(info().state()).isEqualTo(ShardInfo.State.READ_ONLY);
    } finally {
      SteadyFiles.unwatch(folder);
    }

    clock.advance(Copy.AGAIN);
    shards().put("plants", "sari", "p2", kind("x"), Expect.any());
    assertThat(info().state()).isEqualTo(ShardInfo.State.OK);
  }

  @Test
  void aPrimaryThatFailsWhileItIsReadIsReadFromItsReplica() {
    open();
    assertThat(shards().get("plants", "sari", "p1")).isPresent();
    cluster.close();
    Path folder = primary.getParent();
    AtomicBoolean fails = new AtomicBoolean();
    SteadyFiles.watch(
        folder,
        (operation, file, position, length) -> {
          if (fails.get()) {
            throw new IOException("The disk does not answer");
          }
        });
    try {
      open();
      fails.set(true);
      assertThat(shards().get("plants", "sari", "p1")).isPresent();
      assertThat(shards().count("plants")).isEqualTo(1);
    } finally {
      SteadyFiles.unwatch(folder);
    }
  }

  @Test
  void theFileOfAnotherClusterInItsPlaceIsDamage() throws IOException {
    Path elsewhere = root.resolve("elsewhere");
    ShardedCluster other = Fakes.cluster(elsewhere, "another-node");
    other.declare(PLANTS);
    other.put("plants", "sari", "p1", kind("padi"), Expect.any());
    other.close();
    Files.delete(primary);
    Files.copy(elsewhere.resolve("data/shards/" + home + "/primary.mv.db"), primary);
    open();

    var refusal =
        refused(
            "LADANG-SHARD-012",
            () -> shards().put("plants", "sari", "p2", kind("x"), Expect.any()));

    assertThat(refusal).hasMessageContaining("not the one");
  }

  @Test
  void aPrimaryOlderThanItsReplicaIsDamageThoughItOpens() throws IOException {
    Path old = Files.copy(primary, root.resolve("old"));
    open();
    shards().put("plants", "sari", "p2", kind("kopi"), Expect.any());
    cluster.close();
    Files.delete(primary);
    Files.copy(old, primary);
    open();

    assertThat(shards().get("plants", "sari", "p2")).isPresent();
    var refusal =
        refused(
            "LADANG-SHARD-012",
            () -> shards().put("plants", "sari", "p3", kind("x"), Expect.any()));
    assertThat(refusal).hasMessageContaining("older than it was");
  }

  @Test
  void aLostCatalogueIsMadeAgainFromTheShards() throws IOException {
    open();
    for (int i = 0; i < 50; i++) {
      shards().put("plants", "o" + i, "p", kind("padi"), Expect.any());
    }
    ShardMap before = cluster.opened().map();
    cluster.close();
    Files.delete(root.resolve("data/shards/catalogue.mv.db"));
    open();

    assertThat(shards().get("plants", "sari", "p1")).isPresent();
    assertThat(shards().count("plants")).isEqualTo(51);
    ShardMap after = cluster.opened().map();
    for (int bucket = 0; bucket < 16_384; bucket++) {
      assertThat(after.shard(bucket)).isEqualTo(before.shard(bucket));
      assertThat(after.epoch(bucket)).isEqualTo(before.epoch(bucket));
    }
    assertThat(shards().tables()).containsExactly(PLANTS);
    assertThat(events.recent("shard.catalogue.rebuilt", 10)).hasSize(1);
  }

  @Test
  void aDamagedCatalogueIsPutAsideAndMadeAgain() throws IOException {
    Files.write(root.resolve("data/shards/catalogue.mv.db"), new byte[50_000]);
    open();

    assertThat(shards().get("plants", "sari", "p1")).isPresent();
    try (var files = Files.list(root.resolve("data/shards"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .anyMatch(n -> n.startsWith("catalogue.damaged-"));
    }
  }

  @Test
  void theFileStaysInProportionToWhatIsWritten() throws IOException {
    open();
    for (int i = 0; i < 3_000; i++) {
      shards().put("plants", "sari", "p" + i % 100, kind("k" + i), Expect.any());
    }
    cluster.close();

    // With H2's default retention it is several times that, and stays so.
    assertThat(Files.size(primary)).isLessThan(15_000_000);
    assertThat(Files.size(replica)).isLessThan(15_000_000);
    open();
    assertThat(shards().count("plants")).isEqualTo(100);
  }

  @Test
  void aClosedClusterSaysSo() {
    open();
    cluster.close();

    refused("LADANG-SHARD-016", () -> shards().count("plants"));
  }
}
