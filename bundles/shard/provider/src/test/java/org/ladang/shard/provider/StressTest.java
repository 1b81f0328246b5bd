package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Expect;
import org.ladang.shard.provider.file.FileWatch;
import org.ladang.shard.provider.file.SteadyFiles;

/** Where threads meet: writers, the replica, upkeep, rebuild, permits. */
class StressTest {
  @TempDir Path folder;

  @Test
  @Timeout(120)
  void writersAnUnsteadyReplicaUpkeepAndRebuildsLoseNothing() throws Exception {
    TestCluster setup = new TestCluster(folder);
    setup.permits = 3;
    long seed = System.nanoTime();
    ShardedCluster cluster = setup.open();
    ExecutorService threads = Executors.newFixedThreadPool(5);
    Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    AtomicInteger writing = new AtomicInteger(4);
    try {
      cluster.declare(ClusterTest.PLANTS);
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        String mine = "t" + t;
        Random random = new Random(seed + t);
        tasks.add(() -> write(cluster, mine, random, acknowledged, writing));
      }
      tasks.add(() -> disturb(cluster, setup, new Random(seed), writing));
      for (Future<Integer> end : threads.invokeAll(tasks, 100, TimeUnit.SECONDS)) {
        end.get();
      }
      SteadyFiles.unwatch(folder.resolve("replicas"));
      setup.clock.advance(Copy.AGAIN);
      cluster.upkeep();
      cluster.upkeep();
      acknowledged.forEach(
          (key, version) -> {
            String[] parts = key.split("/");
            assertThat(cluster.get("plants", parts[0], parts[1]).orElseThrow().version())
                .as("seed %d: %s", seed, key)
                .isEqualTo(version);
          });
      for (Shard shard : cluster.opened().shards()) {
        assertThat(shard.verify().problems())
            .as("seed %d, %s", seed, setup.events.recent("shard", 30))
            .isEmpty();
      }
    } finally {
      SteadyFiles.unwatch(folder.resolve("replicas"));
      threads.shutdownNow();
      cluster.close();
    }
  }

  private static int write(
      ShardedCluster cluster,
      String mine,
      Random random,
      Map<String, Long> acknowledged,
      AtomicInteger writing) {
    try {
      for (int i = 0; i < 150; i++) {
        String owner = mine + "-" + random.nextInt(8);
        String id = "p" + random.nextInt(5);
        long version =
            cluster.put("plants", owner, id, Map.of("height", i), Expect.any()).version();
        acknowledged.put(owner + "/" + id, version);
      }
    } finally {
      writing.decrementAndGet();
    }
    return 0;
  }

  private int disturb(
      ShardedCluster cluster, TestCluster setup, Random random, AtomicInteger writing) {
    while (writing.get() > 0) {
      if (random.nextBoolean()) {
        SteadyFiles.watch(
            folder.resolve("replicas"),
            (operation, file, position, length) -> {
              if (operation == FileWatch.Operation.WRITE && length % 5 == 0) {
                throw new IOException("The replica's disk hiccups");
              }
            });
      } else {
        SteadyFiles.unwatch(folder.resolve("replicas"));
      }
      setup.clock.advance(Copy.AGAIN);
      try {
        cluster.upkeep();
        if (random.nextInt(10) == 0) {
          cluster.opened().shard("shard-" + random.nextInt(2)).rebuild(false);
        }
      } catch (LadangException e) {
        // The hiccup met the rebuild; the next round tries again.
        assertThat(e.code()).startsWith("LADANG-SHARD-");
      }
    }
    return 0;
  }

  @Test
  @Timeout(120)
  void aShardThatClosesWhenIdleFailsNobodyAndNumbersItsWritesWithoutAGap() throws Exception {
    TestCluster setup = new TestCluster(folder);
    setup.shards = 1;
    ShardedCluster cluster = setup.open();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    AtomicInteger writing = new AtomicInteger(1);
    try {
      cluster.declare(ClusterTest.PLANTS);
      // One caller: while there are several, one of them is always in, and nothing closes.
      List<Callable<Integer>> tasks =
          List.of(
              () -> writeAndReadBack(cluster, "sari", writing),
              () -> closeAgainAndAgain(cluster, writing));
      List<Future<Integer>> ends = threads.invokeAll(tasks, 100, TimeUnit.SECONDS);
      int writes = ends.get(0).get();
      int closed = ends.get(1).get();
      assertThat(closed).isPositive();
      Shard shard = cluster.opened().shard("shard-0");
      assertThat(shard.verify().problems()).isEmpty();
      ShardEngine engine = shard.primary().engine().orElseThrow();
      List<OutboxEntry> entries = engine.entries(0, 10_000);
      assertThat(engine.lastEntry()).isEqualTo(writes);
      for (int i = 0; i < entries.size(); i++) {
        assertThat(entries.get(i).number()).isEqualTo(writes - entries.size() + 1L + i);
      }
    } finally {
      threads.shutdownNow();
      cluster.close();
    }
  }

  private static int writeAndReadBack(ShardedCluster cluster, String owner, AtomicInteger writing) {
    int writes = 0;
    try {
      for (int i = 0; i < 60; i++) {
        long version =
            cluster.put("plants", owner, "p" + i, ClusterTest.kind("k"), Expect.absent()).version();
        writes++;
        assertThat(cluster.get("plants", owner, "p" + i).orElseThrow().version())
            .isEqualTo(version);
        // Now and then the closer gets its turn; in between the two meet as it happens.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (i % 10 == 0 && cluster.opened().shard("shard-0").open() && System.nanoTime() < end) {
          Thread.yield();
        }
      }
      return writes;
    } finally {
      writing.decrementAndGet();
    }
  }

  /** As if nobody had asked for long, whenever a shard is open; returns how often it was closed. */
  private static int closeAgainAndAgain(ShardedCluster cluster, AtomicInteger writing) {
    int closed = 0;
    while (writing.get() > 0) {
      for (Shard shard : cluster.opened().shards()) {
        boolean open = shard.open();
        shard.closeWhenIdle(Duration.ZERO);
        closed += open && !shard.open() ? 1 : 0;
      }
      Thread.yield();
    }
    return closed;
  }

  @Test
  @Timeout(30)
  void nobodyGetsMorePermitsThanThereAre() throws Exception {
    Permits permits = new Permits(2);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int t = 0; t < 6; t++) {
        tasks.add(
            () -> {
              for (int i = 0; i < 2_000; i++) {
                permits.with(
                    () -> {
                      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                      Thread.yield();
                      return inside.decrementAndGet();
                    });
              }
              return 0;
            });
      }
      for (Future<Integer> end : threads.invokeAll(tasks)) {
        end.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(most.get()).isEqualTo(2);
    assertThat(permits.busy()).isZero();
  }

  @Test
  @Timeout(30)
  void oneTellingOfTheDiskServesAllThatWait() throws Exception {
    AtomicInteger tellings = new AtomicInteger();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    GroupSync sync =
        new GroupSync(
            () -> {
              if (tellings.incrementAndGet() == 1) {
                first.countDown();
                try {
                  assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }
            });
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try {
      List<Future<?>> ends = new ArrayList<>();
      ends.add(threads.submit(() -> awaited(sync)));
      assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
      CountDownLatch come = new CountDownLatch(19);
      for (int i = 0; i < 19; i++) {
        ends.add(
            threads.submit(
                () -> {
                  come.countDown();
                  return awaited(sync);
                }));
      }
      assertThat(come.await(10, TimeUnit.SECONDS)).isTrue();
      goOn.countDown();
      for (Future<?> end : ends) {
        end.get(10, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    // One for the first, and as a rule one for the nineteen that came meanwhile.
    assertThat(tellings.get()).isBetween(2, 10);
  }

  private static int awaited(GroupSync sync) throws Exception {
    sync.await();
    return 0;
  }
}
