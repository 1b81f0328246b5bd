package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Expect;
import org.ladang.shard.Field;
import org.ladang.shard.FieldType;
import org.ladang.shard.Table;

/** Each row carries a sum of what was written, so that a copy that was changed by nobody is known, and mended. */
class RowSumTest {
  private static final String SHARD = "shard-0";

  @TempDir Path folder;

  @Test
  void whateverIsWrittenIsSoundOnBothCopiesAndStaysSoWhenFieldsAreDeclared() throws Exception {
    long seed = Long.getLong("ladang.seed", System.nanoTime());
    Random random = new Random(seed);
    ShardedCluster cluster = setup().open();
    try {
      // Text may become any type of field later: rows carry all of them in their documents first.
      cluster.declare(Table.of("plants", Field.of("height", FieldType.LONG)));
      for (int i = 0; i < 300; i++) {
        put(cluster, "o" + random.nextInt(150), random);
      }
      assertSound(cluster, seed);
      cluster.declare(ClusterTest.PLANTS);
      assertSound(cluster, seed);
      for (int i = 0; i < 300; i++) {
        String owner = "o" + random.nextInt(150);
        if (random.nextInt(4) == 0) {
          cluster.delete("plants", owner, "p", Expect.any());
        } else {
          put(cluster, owner, random);
        }
      }
      assertSound(cluster, seed);
      cluster.opened().shard(SHARD).rebuild(false);
      assertSound(cluster, seed);
    } finally {
      cluster.close();
    }
  }

  private static void put(ShardedCluster cluster, String owner, Random random) {
    cluster.put("plants", owner, "p", fields(random), Expect.any());
  }

  private static Map<String, Object> fields(Random random) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("kind", text(random));
    fields.put("height", random.nextLong());
    fields.put("weight", random.nextInt(5) == 0 ? -0.0 : random.nextGaussian() * 1e200);
    fields.put("price", decimal(random));
    fields.put("ripe", random.nextBoolean());
    fields.put(
        "sown", Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)).toString());
    fields.put("note", text(random));
    fields.keySet().removeIf(f -> random.nextInt(3) == 0);
    return fields;
  }

  private static BigDecimal decimal(Random random) {
    return new BigDecimal(new BigInteger(random.nextInt(320), random), random.nextInt(100) - 40);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.append((char) (1 + random.nextInt(0xFFFE)));
    }
    return text.append(' ').toString();
  }

  private static void assertSound(ShardedCluster cluster, long seed) throws SQLException {
    Shard shard = cluster.opened().shard(SHARD);
    assertThat(shard.verify().problems()).as("-Dladang.seed=%d", seed).isEmpty();
    Table table = cluster.tables().get(0);
    for (Copy copy : List.of(shard.primary(), shard.replica())) {
      Range all = new Range(Optional.empty(), Map.of(), Optional.empty(), 1_000);
      List<StoredRow> rows = copy.engine().orElseThrow().scan(table, all).rows();
      assertThat(rows).isNotEmpty().allMatch(r -> r.sum().isPresent());
      assertThat(rows).as("-Dladang.seed=%d", seed).allMatch(r -> r.sound(table));
    }
  }

  @Test
  void aPrimaryThatWasChangedByNobodyIsNamedAndMadeFromTheReplica() throws Exception {
    TestCluster setup = filled();
    change(setup.primary(SHARD), "UPDATE \"t_plants\" SET \"f_height\" = 8 WHERE \"id\" = 'p7'");

    ShardedCluster cluster = setup.open();
    try {
      Shard shard = cluster.opened().shard(SHARD);
      assertThat(shard.verify().problems())
          .containsExactly(
              "The row p7 of sari in \"plants\" is not as it was written on the primary.");
      assertThat(shard.rebuild(false)).isEqualTo(20);
      assertThat(height(cluster, "p7")).isEqualTo(7);
      assertThat(shard.verify().problems()).isEmpty();
    } finally {
      cluster.close();
    }
  }

  @Test
  void aReplicaThatWasChangedByNobodyIsNamedAndMadeFromThePrimary() throws Exception {
    TestCluster setup = filled();
    change(setup.replica(SHARD), "UPDATE \"t_plants\" SET \"document\" = '{}' WHERE \"id\" = 'p7'");

    ShardedCluster cluster = setup.open();
    try {
      Shard shard = cluster.opened().shard(SHARD);
      assertThat(shard.verify().problems())
          .containsExactly(
              "The row p7 of sari in \"plants\" is not as it was written on the replica.");
      assertThat(shard.rebuild(false)).isEqualTo(20);
      assertThat(shard.verify().problems()).isEmpty();
    } finally {
      cluster.close();
    }
  }

  @Test
  void rowsThatOneCopyHasLostComeBackFromTheOther() throws Exception {
    TestCluster setup = filled();
    change(setup.primary(SHARD), "DELETE FROM \"t_plants\" WHERE \"id\" <> 'p3'");
    ShardedCluster cluster = setup.open();
    try {
      Shard shard = cluster.opened().shard(SHARD);
      assertThat(shard.verify().problems())
          .contains("The row p10 of sari in \"plants\" is only on the replica.");
      assertThat(shard.rebuild(false)).isEqualTo(20);
      assertThat(height(cluster, "p7")).isEqualTo(7);
      assertThat(shard.verify().problems()).isEmpty();
    } finally {
      cluster.close();
    }
    change(setup.replica(SHARD), "DELETE FROM \"t_plants\" WHERE \"id\" = 'p7'");
    cluster = setup.open();
    try {
      assertThat(cluster.opened().shard(SHARD).rebuild(false)).isEqualTo(20);
      assertThat(height(cluster, "p7")).isEqualTo(7);
      assertThat(cluster.opened().shard(SHARD).verify().problems()).isEmpty();
    } finally {
      cluster.close();
    }
  }

  @Test
  void whenNeitherCopyIsAsItWasWrittenARebuildRefusesUntilItIsTold() throws Exception {
    TestCluster setup = filled();
    change(setup.primary(SHARD), "UPDATE \"t_plants\" SET \"f_height\" = 8 WHERE \"id\" = 'p7'");
    change(setup.replica(SHARD), "UPDATE \"t_plants\" SET \"f_height\" = 3 WHERE \"id\" = 'p2'");

    ShardedCluster cluster = setup.open();
    try {
      Shard shard = cluster.opened().shard(SHARD);
      LadangException refusal = ClusterTest.refused("LADANG-SHARD-020", () -> shard.rebuild(false));
      assertThat(refusal.line())
          .contains("The row p2 of sari")
          .contains("shard:rebuild shard-0 true");
      assertThat(height(cluster, "p1")).isEqualTo(1);

      assertThat(shard.rebuild(true)).isEqualTo(20);
      assertThat(height(cluster, "p2")).isEqualTo(3);
      assertThat(shard.verify().problems())
          .as("taken as it is, and still known for what it is")
          .contains("The row p2 of sari in \"plants\" is not as it was written on the primary.");
    } finally {
      cluster.close();
    }
  }

  @Test
  void aPrimaryWhoseDeclarationIsDamagedIsMadeAnewAndTheOldOneIsLetGo() throws Exception {
    TestCluster setup = filled();
    change(
        setup.primary(SHARD),
        "UPDATE \"ladang_table\" SET \"declaration\" = REPLACE(\"declaration\", 'type', 'tyqe')");

    ShardedCluster cluster = setup.open();
    try {
      assertThat(height(cluster, "p7")).as("read from the replica").isEqualTo(7);
      assertThat(cluster.opened().shard(SHARD).rebuild(false)).isEqualTo(20);
      assertThat(cluster.opened().shard(SHARD).verify().problems()).isEmpty();
      cluster.put("plants", "sari", "p3", Map.of("height", 33), Expect.any());
    } finally {
      cluster.close();
    }
  }

  @Test
  void aFileOfBeforeThereWereSumsIsTakenAndGetsThemAsItIsWritten() throws Exception {
    TestCluster setup = filled();
    change(setup.primary(SHARD), "ALTER TABLE \"t_plants\" DROP COLUMN \"sum\"");
    change(setup.replica(SHARD), "ALTER TABLE \"t_plants\" DROP COLUMN \"sum\"");

    ShardedCluster cluster = setup.open();
    try {
      assertThat(cluster.opened().shard(SHARD).verify().problems()).isEmpty();
      cluster.put("plants", "sari", "p3", Map.of("height", 33), Expect.any());
      assertThat(height(cluster, "p3")).isEqualTo(33);
      assertThat(cluster.opened().shard(SHARD).verify().problems()).isEmpty();
    } finally {
      cluster.close();
    }
    change(setup.primary(SHARD), "UPDATE \"t_plants\" SET \"f_height\" = 8 WHERE \"id\" = 'p3'");
    cluster = setup.open();
    try {
      assertThat(cluster.opened().shard(SHARD).verify().problems()).hasSize(1);
    } finally {
      cluster.close();
    }
  }

  private TestCluster setup() {
    TestCluster setup = new TestCluster(folder);
    setup.shards = 1;
    return setup;
  }

  private TestCluster filled() {
    TestCluster setup = setup();
    ShardedCluster cluster = setup.open();
    cluster.declare(ClusterTest.PLANTS);
    for (int i = 0; i < 20; i++) {
      cluster.put("plants", "sari", "p" + i, Map.of("height", i, "bed", "b" + i), Expect.absent());
    }
    cluster.close();
    return setup;
  }

  private static long height(ShardedCluster cluster, String id) {
    return cluster
        .get("plants", "sari", id)
        .orElseThrow()
        .decimal("height")
        .orElseThrow()
        .longValue();
  }

  /** Behind the cluster's back. */
  private static void change(Path file, String sql) throws SQLException {
    Path base = Path.of(file.toString().replaceAll("\\.mv\\.db$", ""));
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:" + base + ";IFEXISTS=TRUE", "ladang", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      statement.execute("SHUTDOWN");
    }
  }
}
