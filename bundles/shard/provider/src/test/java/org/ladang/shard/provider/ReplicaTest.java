package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.shard.Expect;
import org.ladang.shard.ShardInfo;
import org.ladang.shard.WriteOutcome;
import org.ladang.shard.provider.file.FileWatch;
import org.ladang.shard.provider.file.SteadyFiles;

class ReplicaTest {
  @TempDir Path folder;
  private ShardedCluster cluster;

  @AfterEach
  void close() {
    SteadyFiles.unwatch(folder);
    cluster.close();
  }

  private TestCluster setup() {
    TestCluster setup = new TestCluster(folder);
    setup.shards = 1;
    return setup;
  }

  private void open(TestCluster setup) {
    cluster = setup.open();
    cluster.declare(ClusterTest.PLANTS);
  }

  private WriteOutcome.Written put(String id) {
    return cluster.put("plants", "sari", id, ClusterTest.kind("k"), Expect.any());
  }

  private Shard shard() {
    return cluster.opened().shard("shard-0");
  }

  @Test
  void aReplicaThatIsGoneForAWhileIsToldOfAndCatchesUpByItself() throws IOException {
    TestCluster setup = setup();
    open(setup);
    put("p1");
    cluster.close();
    Path aside = Files.move(folder.resolve("replicas"), folder.resolve("aside"));
    open(setup);

    assertThat(put("p2").warnings()).singleElement().asString().contains("replica", "gone");
    put("p3");
    assertThat(cluster.shards().get(0).state()).isEqualTo(ShardInfo.State.DEGRADED);
    assertThat(new ShardHealthCheck(cluster).execute().getStatus()).isEqualTo(Result.Status.WARN);
    assertThat(setup.events.recent("shard.replica.behind", 10)).hasSize(1);
    assertThat(shard().waiting()).isEqualTo(2);
    assertThat(shard().lag()).isPositive();

    Files.move(aside, folder.resolve("replicas"));
    setup.clock.advance(Copy.AGAIN);
    cluster.upkeep();

    assertThat(put("p4").warnings()).isEmpty();
    assertThat(cluster.shards().get(0).state()).isEqualTo(ShardInfo.State.OK);
    assertThat(shard().waiting()).isZero();
    assertThat(shard().verify().problems()).isEmpty();
  }

  @Test
  void aReplicaThatFailsWhileItRunsLosesNoAcknowledgedWrite() {
    TestCluster setup = setup();
    open(setup);
    put("p1");
    SteadyFiles.watch(
        folder.resolve("replicas"),
        (operation, file, position, length) -> {
          if (operation == FileWatch.Operation.WRITE) {
            throw new IOException("No space left on device");
          }
        });
    assertThat(put("p2").warnings()).isNotEmpty();
    assertThat(put("p3").warnings()).isNotEmpty();
    SteadyFiles.unwatch(folder.resolve("replicas"));
    setup.clock.advance(Copy.AGAIN);
    cluster.upkeep();
    cluster.upkeep();

    assertThat(put("p4").warnings()).isEmpty();
    assertThat(shard().verify().problems()).isEmpty();
    assertThat(cluster.count("plants")).isEqualTo(4);
  }

  @Test
  void aFullDiskRefusesTheWriteWithASentenceAndReadsGoOn() {
    TestCluster setup = setup();
    open(setup);
    put("p1");
    SteadyFiles.watch(
        folder,
        (operation, file, position, length) -> {
          if (operation == FileWatch.Operation.WRITE) {
            throw new IOException("No space left on device");
          }
        });

    ClusterTest.refused("LADANG-SHARD-014", () -> put("p2"));
    assertThat(cluster.get("plants", "sari", "p1")).isPresent();

    SteadyFiles.unwatch(folder);
    setup.clock.advance(Copy.AGAIN);
    cluster.upkeep();
    put("p3");
    setup.clock.advance(Copy.AGAIN);
    cluster.upkeep();
    assertThat(cluster.get("plants", "sari", "p1")).isPresent();
    assertThat(shard().verify().problems()).isEmpty();
  }

  @Test
  void theOutboxIsBoundedAndTheShardThenReadOnlyUntilTheReplicaIsMadeAgain() throws IOException {
    TestCluster setup = setup();
    setup.outboxRows = 5;
    open(setup);
    put("p0");
    cluster.close();
    Files.delete(setup.replica("shard-0"));
    open(setup);

    for (int i = 1; i <= 5; i++) {
      put("p" + i);
    }
    var refusal = ClusterTest.refused("LADANG-SHARD-011", () -> put("p6"));
    assertThat(refusal.line()).contains("outbox").contains("shard:rebuild shard-0");
    assertThat(cluster.count("plants")).isEqualTo(6);
    assertThat(cluster.shards().get(0).state()).isEqualTo(ShardInfo.State.READ_ONLY);

    assertThat(shard().rebuild(false)).isEqualTo(6);
    assertThat(put("p6").warnings()).isEmpty();
    assertThat(shard().verify().problems()).isEmpty();
  }

  @Test
  void anAsynchronousReplicaSaysHowFarItIsBehind() {
    TestCluster setup = setup();
    setup.replicas = Replicas.async;
    setup.reads = Reads.replica;
    open(setup);
    put("p1");
    shard().drain();
    put("p2");
    setup.clock.advance(Duration.ofSeconds(7));

    assertThat(cluster.get("plants", "sari", "p2")).isEmpty();
    assertThat(cluster.get("plants", "sari", "p1").orElseThrow().behind())
        .isGreaterThanOrEqualTo(Duration.ofSeconds(7));
    shard().drain();
    assertThat(cluster.get("plants", "sari", "p2").orElseThrow().behind()).isZero();
  }

  @Test
  void aPrimaryIsNotMadeFromAReplicaThatMissesAcknowledgedWrites() throws IOException {
    TestCluster setup = setup();
    open(setup);
    put("p1");
    cluster.close();
    Path aside = Files.move(folder.resolve("replicas"), folder.resolve("aside"));
    open(setup);
    put("p2");
    cluster.close();
    Files.move(aside, folder.resolve("replicas"));
    Files.delete(setup.primary("shard-0"));
    cluster = setup.open();

    var refusal = ClusterTest.refused("LADANG-SHARD-020", () -> shard().rebuild(false));
    assertThat(refusal.line()).contains("accept the loss");
    assertThat(shard().rebuild(true)).isEqualTo(1);
    put("p3");
    assertThat(shard().verify().problems()).isEmpty();
  }

  @Test
  void aReplicaIsMadeAgainWhileWritesGoOn() throws Exception {
    TestCluster setup = setup();
    open(setup);
    for (int i = 0; i < 600; i++) {
      put("p" + i);
    }
    List<Integer> during = new ArrayList<>();
    setup.steps =
        (step, shard) -> {
          if (step == Step.REBUILD_COPIED && during.size() < 5) {
            during.add(during.size());
            put("p" + during.size());
            put("new" + during.size());
          }
        };
    cluster.close();
    open(setup);

    shard().rebuild(false);

    assertThat(during).isNotEmpty();
    assertThat(cluster.count("plants")).isEqualTo(600 + during.size());
    assertThat(shard().verify().problems()).isEmpty();
    assertThat(put("last").warnings()).isEmpty();
  }

  @Test
  void aShardThatWasWrittenWithoutAReplicaGetsOne() {
    TestCluster setup = setup();
    setup.replicas = Replicas.none;
    open(setup);
    put("p1");
    cluster.close();
    setup.replicas = Replicas.sync;
    open(setup);
    put("p2");
    cluster.upkeep();

    assertThat(put("p3").warnings()).isEmpty();
    assertThat(shard().verify().problems()).isEmpty();
  }

  @Test
  void verifyFindsARowThatDiffersOrIsMissing() throws Exception {
    open(setup());
    for (int i = 0; i < 1_200; i++) {
      put("p" + i);
    }
    ShardEngine replica = shard().replica().engine().orElseThrow();
    long applied = replica.applied();
    StoredRow row = replica.get(ClusterTest.PLANTS, "sari", "p7").orElseThrow();
    Content changed = new Content(row.content().columns(), "{\"x\":1}");
    replica.apply(
        List.of(
            RowState.of(ClusterTest.PLANTS, new StoredRow("sari", "p7", row.version(), changed)),
            RowState.gone(ClusterTest.PLANTS, "sari", "p999", Buckets.of("sari"))),
        applied);

    Verification found = shard().verify();

    assertThat(found.rows()).isEqualTo(1_200);
    assertThat(found.different()).isEqualTo(2);
    assertThat(found.problems()).anyMatch(p -> p.contains("p7 ")).anyMatch(p -> p.contains("p999"));
  }

  @Test
  void aNewRowThatTheReplicaHasAlreadyIsTakenAsItIsNow() throws Exception {
    open(setup());
    put("p1");
    ShardEngine replica = shard().replica().engine().orElseThrow();
    StoredRow row = replica.get(ClusterTest.PLANTS, "sari", "p1").orElseThrow();
    replica.apply(
        List.of(RowState.of(ClusterTest.PLANTS, new StoredRow("sari", "p2", 1, row.content()))),
        replica.applied());

    assertThat(put("p2").warnings()).isEmpty();
    assertThat(shard().verify().problems()).isEmpty();
  }

  @Test
  void powerIsToldToTheDiskBeforeAWriteIsAcknowledged() {
    TestCluster setup = setup();
    setup.durability = Durability.power;
    List<FileWatch.Operation> seen = new ArrayList<>();
    open(setup);
    put("p1");
    cluster.close();
    SteadyFiles.watch(
        folder,
        (operation, file, position, length) -> {
          synchronized (seen) {
            if (operation == FileWatch.Operation.WRITE || operation == FileWatch.Operation.FORCE) {
              seen.add(operation);
            }
          }
        });
    open(setup);
    put("p2");
    seen.clear();
    put("p3");

    synchronized (seen) {
      assertThat(seen).contains(FileWatch.Operation.FORCE);
    }
  }
}
