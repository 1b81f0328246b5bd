package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.shard.Expect;
import org.ladang.shard.ShardInfo;

class MonitorTest {
  @TempDir Path folder;
  private ShardedCluster cluster;

  @AfterEach
  void close() {
    cluster.close();
  }

  private void open(TestCluster setup) {
    cluster = setup.open();
    cluster.declare(ClusterTest.PLANTS);
    cluster.put("plants", "sari", "p1", ClusterTest.kind("k"), Expect.any());
  }

  @Test
  void everyHalfMinuteIsKeptForADayAlsoAcrossARestart() {
    TestCluster setup = new TestCluster(folder);
    setup.capacity = 10_000_000;
    open(setup);
    String home = TestCluster.home(cluster, "sari");
    for (int i = 0; i < 5; i++) {
      cluster.watch();
      setup.clock.advance(Monitor.PERIOD);
    }
    cluster.close();
    open(setup);

    List<Reading> history = new ShardActions(cluster).history(home, Optional.of(10));

    assertThat(history).hasSize(5);
    assertThat(history.get(0).at()).isAfter(history.get(4).at());
    assertThat(history.get(0).rows()).isEqualTo(1);
    assertThat(history.get(0).bytes()).isPositive();
    assertThat(history.get(0).percent()).isPositive();
    assertThat(history.get(0).lag()).isZero();
    setup.clock.advance(Monitor.KEPT);
    cluster.watch();
    assertThat(new ShardActions(cluster).history(home, Optional.of(10))).hasSize(1);
  }

  @Test
  void aShardThatIsNearlyFullIsToldOfOnce() {
    TestCluster setup = new TestCluster(folder);
    setup.capacity = 1_000;
    open(setup);
    cluster.watch();
    cluster.watch();

    assertThat(setup.events.recent("shard.full", 10)).hasSize(1);
  }

  @Test
  void aShardThatNobodyAsksClosesItsFilesAndOpensThemAgain() {
    TestCluster setup = new TestCluster(folder);
    open(setup);
    Shard home = cluster.opened().shard(TestCluster.home(cluster, "sari"));
    assertThat(home.open()).isTrue();
    setup.clock.advance(setup.idle.minus(Duration.ofSeconds(5)));
    cluster.upkeep();
    assertThat(home.open()).isTrue();
    setup.clock.advance(Duration.ofSeconds(10));
    cluster.upkeep();

    assertThat(home.open()).isFalse();
    cluster.watch();
    assertThat(new ShardHealthCheck(cluster).execute().isOk()).isTrue();
    assertThat(home.open()).isFalse();
    assertThat(home.knownRows()).isEqualTo(1);
    assertThat(cluster.get("plants", "sari", "p1")).isPresent();
    assertThat(home.open()).isTrue();
    assertThat(setup.events.recent("shard.damaged", 10)).isEmpty();
  }

  @Test
  void aShardThatWasNeverWrittenHasNoFiles() {
    TestCluster setup = new TestCluster(folder);
    open(setup);
    String other = TestCluster.home(cluster, "sari").equals("shard-0") ? "shard-1" : "shard-0";

    assertThat(cluster.count("plants")).isEqualTo(1);
    assertThat(setup.primary(other)).doesNotExist();
    assertThat(Files.exists(setup.replica(other))).isFalse();
  }

  @Test
  void actionsTellOfTheShardTheMapAndTheCopies() {
    TestCluster setup = new TestCluster(folder);
    open(setup);
    ShardActions actions = new ShardActions(cluster);
    String home = TestCluster.home(cluster, "sari");

    assertThat(actions.info(home).replica()).isEqualTo("in step");
    assertThat(actions.map(Optional.of("sari")).home()).contains(home);
    assertThat(actions.map(Optional.empty()).buckets().values().stream().mapToInt(b -> b).sum())
        .isEqualTo(16_384);
    assertThat(actions.verify(Optional.empty()).clean()).isTrue();
    assertThat(actions.verify(Optional.of(home)).rows()).isEqualTo(1);
    assertThat(actions.stats().perShard()).containsEntry(home, 1L);
    assertThat(actions.stats().permits()).isEqualTo(64);
    assertThat(actions.stats().busy()).isZero();
    assertThat(actions.rebuild(home, Optional.empty()).rows()).isEqualTo(1);
    ClusterTest.refused("LADANG-SHARD-019", () -> actions.info("shard-99"));
  }

  @Test
  void aReadOnlyShardReadsAndStaysSoAcrossARestart() {
    TestCluster setup = new TestCluster(folder);
    open(setup);
    String home = TestCluster.home(cluster, "sari");
    new ShardActions(cluster).readonly(home, true);
    cluster.close();
    cluster = setup.open();

    assertThat(cluster.get("plants", "sari", "p1")).isPresent();
    var refusal =
        ClusterTest.refused(
            "LADANG-SHARD-011",
            () -> cluster.put("plants", "sari", "p2", ClusterTest.kind("k"), Expect.any()));
    assertThat(refusal.line()).contains("shard:readonly " + home + " false");
    assertThat(cluster.shards().stream().filter(s -> s.id().equals(home)).findFirst().orElseThrow())
        .extracting(ShardInfo::state)
        .isEqualTo(ShardInfo.State.READ_ONLY);
    new ShardActions(cluster).readonly(home, false);
    cluster.put("plants", "sari", "p2", ClusterTest.kind("k"), Expect.any());
  }
}
