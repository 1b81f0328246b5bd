package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.shard.Expect;
import org.ladang.shard.Table;
import org.ladang.shard.Write;
import org.ladang.shard.provider.file.SteadyFiles;

/** A bucket moves away while a writer still believes in the old map. */
class StaleRouteTest {
  @TempDir Path folder;

  /** What the lock is for: without it, a writer that has looked commits after the fence. */
  @Test
  void anEpochThatIsReadWithoutTheLockLetsAStaleWriteThrough() throws SQLException {
    assertThat(staleWriteGetsThrough("")).isTrue();
  }

  @Test
  @Timeout(30)
  void withTheLockTheFenceWaitsForTheWriter() throws SQLException {
    assertThat(staleWriteGetsThrough(" FOR UPDATE")).isFalse();
  }

  /** Whether a row is committed after the bucket was fenced, by a writer that looked before. */
  private boolean staleWriteGetsThrough(String lock) throws SQLException {
    SteadyFiles.register();
    String url = "jdbc:h2:ladang:" + folder.resolve("race" + lock.length()) + ";LOCK_TIMEOUT=300";
    try (Connection writer = DriverManager.getConnection(url);
        Connection mover = DriverManager.getConnection(url);
        Statement writing = writer.createStatement();
        Statement moving = mover.createStatement()) {
      moving.execute("CREATE TABLE owned_bucket(bucket INT PRIMARY KEY, epoch BIGINT)");
      moving.execute("CREATE TABLE t(id INT PRIMARY KEY, bucket INT)");
      moving.execute("INSERT INTO owned_bucket VALUES(7, 1)");
      writer.setAutoCommit(false);
      try (ResultSet epoch =
          writing.executeQuery("SELECT epoch FROM owned_bucket WHERE bucket = 7" + lock)) {
        assertThat(epoch.next() && epoch.getLong(1) == 1).isTrue();
      }
      boolean fenced;
      try {
        fenced = moving.executeUpdate("DELETE FROM owned_bucket WHERE bucket = 7") == 1;
      } catch (SQLException e) {
        fenced = false;
      }
      writing.execute("INSERT INTO t VALUES(1, 7)");
      writer.commit();
      return fenced;
    } finally {
      SteadyFiles.unregister();
    }
  }

  @Test
  void aStaleRouterIsRefusedReadsTheMapAgainAndWritesToTheNewHome() {
    ShardedCluster cluster = new TestCluster(folder).open();
    try {
      cluster.declare(ClusterTest.PLANTS);
      String from = TestCluster.home(cluster, "sari");
      String to = from.equals("shard-0") ? "shard-1" : "shard-0";
      String there = TestCluster.ownerOn(cluster, to);
      cluster.put("plants", there, "p", ClusterTest.kind("x"), Expect.any());
      cluster.put("plants", "sari", "p1", ClusterTest.kind("x"), Expect.any());
      ShardMap stale = cluster.opened().map();
      int bucket = Buckets.of("sari");

      cluster.opened().shard(from).disown(bucket);
      ShardMap next = cluster.opened().move(bucket, to);
      cluster.opened().shard(to).own(Map.of(bucket, next.epoch(bucket)));

      Table plants = cluster.tables().get(0);
      List<Change> change =
          List.of(
              Changes.of(
                  new Write.Put("plants", "sari", "p2", ClusterTest.kind("y"), Expect.any()),
                  Map.of("plants", plants)));
      assertThatThrownBy(() -> cluster.opened().shard(from).write(stale, t -> change))
          .isInstanceOf(StaleRoute.class);
      assertThatThrownBy(() -> cluster.opened().shard(to).write(stale, t -> change))
          .isInstanceOf(StaleRoute.class);
      cluster.put("plants", "sari", "p2", ClusterTest.kind("y"), Expect.absent());
      assertThat(cluster.opened().map().version()).isEqualTo(stale.version() + 1);
      assertThat(cluster.get("plants", "sari", "p2")).isPresent();
    } finally {
      cluster.close();
    }
  }

  @Test
  @Timeout(60)
  void aWriterThatHasLookedIsWaitedForByTheFence() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean armed = new AtomicBoolean();
    TestCluster setup = new TestCluster(folder);
    setup.steps =
        (step, shard) -> {
          if (step == Step.BUCKETS_LOCKED && armed.getAndSet(false)) {
            looked.countDown();
            await(goOn);
          }
        };
    ShardedCluster cluster = setup.open();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      cluster.declare(ClusterTest.PLANTS);
      cluster.put("plants", "sari", "p1", ClusterTest.kind("x"), Expect.any());
      String from = TestCluster.home(cluster, "sari");
      int bucket = Buckets.of("sari");
      armed.set(true);
      Future<?> writer =
          threads.submit(
              () -> cluster.put("plants", "sari", "p2", ClusterTest.kind("y"), Expect.any()));
      assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();
      Future<?> mover = threads.submit(() -> cluster.opened().shard(from).disown(bucket));

      goOn.countDown();
      writer.get(10, TimeUnit.SECONDS);
      mover.get(10, TimeUnit.SECONDS);

      // What was acknowledged before the fence is there for the mover to copy.
      assertThat(cluster.get("plants", "sari", "p2")).isPresent();
      ClusterTest.refused(
          "LADANG-SHARD-013",
          () -> cluster.put("plants", "sari", "p3", ClusterTest.kind("z"), Expect.any()));
    } finally {
      threads.shutdownNow();
      cluster.close();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
