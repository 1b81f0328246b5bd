package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Expect;
import org.ladang.shard.Row;
import org.ladang.shard.Write;
import org.ladang.shard.WriteOutcome;

/** The process is killed at each step of making, writing and rebuilding, one after the other. */
class CrashTest {
  /** Thrown where the process ends. */
  private static final class Cut extends RuntimeException {
    Cut(Step step) {
      super(step.name(), null, false, false);
    }
  }

  /** Ends the process at one step, counted from 1. */
  private static final class Knife implements Steps {
    private final Set<Step> seen = EnumSet.noneOf(Step.class);
    private int left;
    private boolean cut;

    Knife(int at) {
      left = at;
    }

    @Override
    public void reached(Step step, String shard) {
      seen.add(step);
      if (cut || --left == 0) {
        cut = true;
        throw new Cut(step);
      }
    }
  }

  @TempDir Path folder;

  @Test
  void aWriteThatIsCutOffAtAnyStepLosesNothingThatWasAcknowledged() throws Exception {
    cutAtEachStep(false);
  }

  @Test
  void norWhenTheCatalogueIsLostBesides() throws Exception {
    cutAtEachStep(true);
  }

  private void cutAtEachStep(boolean loseCatalogue) throws Exception {
    int cuts = 0;
    for (int at = 1; ; at++) {
      TestCluster setup = new TestCluster(folder.resolve("write-" + loseCatalogue + at));
      Knife knife = new Knife(at);
      setup.steps = knife;
      Map<String, Long> acknowledged = new LinkedHashMap<>();
      writeUntilCut(setup, acknowledged);
      if (!knife.cut) {
        // What belongs to a rebuild is cut in the next test.
        assertThat(knife.seen)
            .containsExactlyInAnyOrderElementsOf(EnumSet.range(Step.WRITE, Step.SHARD_MADE));
        break;
      }
      cuts++;
      setup.steps = Steps.NONE;
      if (loseCatalogue) {
        Files.delete(folder.resolve("write-" + loseCatalogue + at + "/shards/catalogue.mv.db"));
      }
      ShardedCluster cluster = setup.open();
      try {
        // A shard that was made but for its replica gets one.
        cluster.shards();
        cluster.upkeep();
        check(cluster, acknowledged, at);
        // What was never acknowledged may be there or not, but the shard goes on from it.
        cluster.declare(ClusterTest.PLANTS);
        cluster.put("plants", "o1", "after", ClusterTest.kind("x"), Expect.any());
        check(cluster, acknowledged, at);
      } finally {
        cluster.close();
      }
    }
    // Making, locking, storing, committing, and the replica's two, for each of the writes.
    assertThat(cuts).isGreaterThan(30);
  }

  private static void writeUntilCut(TestCluster setup, Map<String, Long> acknowledged) {
    ShardedCluster cluster = setup.open();
    try {
      cluster.declare(ClusterTest.PLANTS);
      for (int i = 0; i < 6; i++) {
        String owner = "o" + i % 3;
        Map<String, Object> fields = Map.of("kind", "k" + i, "note", "n" + i);
        long version = cluster.put("plants", owner, "p" + i, fields, Expect.absent()).version();
        acknowledged.put(owner + "/p" + i, version);
      }
      long version =
          cluster.put("plants", "o0", "p0", Map.of("kind", "changed"), Expect.any()).version();
      acknowledged.put("o0/p0", version);
      List<Write> batch = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        batch.add(new Write.Put("plants", "b" + i, "p", Map.of("kind", "b"), Expect.absent()));
      }
      cluster
          .batch(batch)
          .forEach(o -> acknowledged.put(o.owner() + "/p", ((WriteOutcome.Written) o).version()));
      cluster.delete("plants", "o1", "p1", Expect.any());
      acknowledged.put("o1/p1", 0L);
    } catch (Cut e) {
      // Here the process ends.
      assertThat(e).isNotNull();
    } finally {
      cluster.abandon();
    }
  }

  private static void check(ShardedCluster cluster, Map<String, Long> acknowledged, int at) {
    acknowledged.forEach(
        (key, version) -> {
          String[] parts = key.split("/");
          Optional<Row> row = cluster.get("plants", parts[0], parts[1]);
          if (version == 0) {
            assertThat(row).as("cut %d: %s", at, key).isEmpty();
          } else if (!key.equals("o1/p1") || row.isPresent()) {
            assertThat(row.orElseThrow().version())
                .as("cut %d: %s", at, key)
                .isGreaterThanOrEqualTo(version);
          }
        });
    for (Shard shard : cluster.opened().shards()) {
      assertThat(shard.verify().problems()).as("cut %d: %s", at, shard.id()).isEmpty();
    }
  }

  /** What a rebuild finds. */
  private enum Found {
    NO_REPLICA,
    NO_PRIMARY,
    /** It lies there and has to be put aside. */
    A_PRIMARY_OF_NOISE
  }

  @Test
  void aRebuildThatIsCutOffAtAnyStepCanBeDoneAgain() throws Exception {
    Set<Step> seen = EnumSet.noneOf(Step.class);
    for (Found found : Found.values()) {
      seen.addAll(cutRebuilds(found));
    }
    assertThat(seen).containsAll(EnumSet.range(Step.REBUILD_BEGUN, Step.REBUILD_RENAMED));
  }

  private Set<Step> cutRebuilds(Found found) throws Exception {
    for (int at = 1; ; at++) {
      TestCluster setup = new TestCluster(folder.resolve("rebuild-" + found + "-" + at));
      fill(setup);
      String shard = "shard-0";
      switch (found) {
        case NO_REPLICA -> Files.delete(setup.replica(shard));
        case NO_PRIMARY -> Files.delete(setup.primary(shard));
        case A_PRIMARY_OF_NOISE -> Files.write(setup.primary(shard), new byte[50_000]);
      }
      Knife knife = new Knife(at);
      setup.steps = knife;
      ShardedCluster cluster = setup.open();
      try {
        cluster.opened().shard(shard).rebuild(false);
      } catch (Cut e) {
        assertThat(knife.cut).isTrue();
      } finally {
        cluster.abandon();
      }
      setup.steps = Steps.NONE;
      cluster = setup.open();
      try {
        assertThat(cluster.count("plants")).as("cut %d", at).isEqualTo(700);
        cluster.upkeep();
        if (!healthy(cluster, shard)) {
          cluster.opened().shard(shard).rebuild(false);
        }
        cluster.put(
            "plants",
            TestCluster.ownerOn(cluster, shard),
            "new",
            ClusterTest.kind("x"),
            Expect.any());
        assertThat(cluster.opened().shard(shard).verify().problems()).as("cut %d", at).isEmpty();
        assertThat(cluster.count("plants")).isEqualTo(701);
      } finally {
        cluster.close();
      }
      if (!knife.cut) {
        assertThat(at).isGreaterThan(6);
        return knife.seen;
      }
    }
  }

  private static boolean healthy(ShardedCluster cluster, String shard) {
    try {
      return cluster.opened().shard(shard).verify().clean();
    } catch (LadangException e) {
      return false;
    }
  }

  private static void fill(TestCluster setup) {
    ShardedCluster cluster = setup.open();
    cluster.declare(ClusterTest.PLANTS);
    List<Write> writes = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      writes.add(
          new Write.Put("plants", "o" + i, "p", Map.of("kind", "k" + i % 5), Expect.absent()));
    }
    cluster.batch(writes);
    cluster.close();
  }
}
