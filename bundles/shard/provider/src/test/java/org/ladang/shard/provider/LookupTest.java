package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Expect;
import org.ladang.shard.Field;
import org.ladang.shard.FieldType;
import org.ladang.shard.Scan;
import org.ladang.shard.Table;
import org.ladang.shard.Write;
import org.ladang.shard.WriteOutcome;

class LookupTest {
  private static final Table USERS =
      Table.of(
              "users",
              Field.unique("mail", FieldType.STRING),
              Field.unique("number", FieldType.DECIMAL))
          .withLookup();

  @TempDir Path folder;
  private TestCluster setup;
  private ShardedCluster cluster;

  @BeforeEach
  void open() {
    setup = new TestCluster(folder);
    cluster = setup.open();
    cluster.declare(USERS);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void put(String owner, String id, String mail) {
    cluster.put("users", owner, id, Map.of("mail", mail), Expect.any());
  }

  private void refused(String owner, String id, String mail) {
    ClusterTest.refused("LADANG-SHARD-018", () -> put(owner, id, mail));
  }

  @Test
  void aValueStandsInOneRowAndIsFreeAgainWhenItsRowGivesItUp() {
    put("sari", "u1", "a@x");
    put("sari", "u1", "a@x");
    refused("budi", "u2", "a@x");
    assertThat(cluster.get("users", "budi", "u2")).isEmpty();
    put("sari", "u1", "b@x");
    put("budi", "u2", "a@x");
    refused("sari", "u1", "a@x");
    cluster.delete("users", "budi", "u2", Expect.any());
    put("sari", "u1", "a@x");
    assertThat(cluster.tables()).containsExactly(USERS);
  }

  @Test
  void equalNumbersAreOneValueHoweverTheyAreWritten() {
    cluster.put("users", "sari", "u1", Map.of("number", new BigDecimal("1.50")), Expect.any());

    ClusterTest.refused(
        "LADANG-SHARD-018",
        () -> cluster.put("users", "budi", "u2", Map.of("number", "1.5"), Expect.any()));
  }

  @Test
  void aWriteThatIsRefusedKeepsNoValue() {
    put("sari", "u1", "a@x");
    ClusterTest.refused(
        "LADANG-SHARD-001",
        () -> cluster.put("users", "sari", "u1", Map.of("mail", "c@x"), Expect.absent()));
    put("budi", "u2", "c@x");
  }

  @Test
  void aRowIsFoundByItsIdAlone() {
    put("sari", "client-made", "a@x");
    String made = cluster.newId("sari");
    put("sari", made, "b@x");

    assertThat(cluster.get("users", "client-made").orElseThrow().owner()).isEqualTo("sari");
    assertThat(cluster.get("users", made).orElseThrow().string("mail")).contains("b@x");
    assertThat(cluster.get("users", "nobody")).isEmpty();
    refused("budi", "client-made", "c@x");
    cluster.declare(Table.of("plain"));
    cluster.put("plain", "sari", made, Map.of(), Expect.any());
    assertThat(cluster.get("plain", made)).isPresent();
    ClusterTest.refused("LADANG-SHARD-015", () -> cluster.get("plain", "client-made"));
  }

  @Test
  void inABatchARefusedValueTakesBackThoseOfItsOwnerOnly() {
    put("sari", "u1", "a@x");
    List<WriteOutcome> outcomes =
        cluster.batch(
            List.of(
                new Write.Put("users", "budi", "u2", Map.of("mail", "b@x"), Expect.any()),
                new Write.Put("users", "budi", "u3", Map.of("mail", "a@x"), Expect.any()),
                new Write.Put("users", "tono", "u4", Map.of("mail", "d@x"), Expect.any()),
                new Write.Put("users", "wati", "u5", Map.of("mail", "d@x"), Expect.any())));

    assertThat(
            outcomes.stream()
                .map(o -> o instanceof WriteOutcome.Refused r ? r.code() : "")
                .toList())
        .containsExactly("LADANG-SHARD-008", "LADANG-SHARD-018", "", "LADANG-SHARD-018");
    put("budi", "u2", "b@x");
  }

  /** Cut off at each step: afterwards either the row holds the value or anybody may have it. */
  @Test
  void whatAWriterThatWasCutOffHasLeftIsSwept() {
    cluster.close();
    for (int at = 1; at <= 24; at++) {
      TestCluster own = new TestCluster(folder.resolve("cut-" + at));
      own.shards = 2;
      ShardedCluster first = own.open();
      first.declare(USERS);
      first.put("users", "sari", "u1", Map.of("mail", "a@x"), Expect.any());
      first.close();
      int[] left = {at};
      own.steps =
          (step, shard) -> {
            if (--left[0] <= 0) {
              throw new IllegalStateException("cut");
            }
          };
      ShardedCluster second = own.open();
      try {
        second.put("users", "sari", "u1", Map.of("mail", "b@x"), Expect.any());
      } catch (IllegalStateException e) {
        assertThat(left[0]).isNotPositive();
      } finally {
        second.abandon();
      }
      own.steps = Steps.NONE;
      ShardedCluster third = own.open();
      try {
        third.sweep();
        assertThat(third.sweep()).isZero();
        String holds = third.get("users", "u1").orElseThrow().string("mail").orElseThrow();
        String free = holds.equals("a@x") ? "b@x" : "a@x";
        third.put("users", "budi", "u2", Map.of("mail", free), Expect.any());
        ClusterTest.refused(
            "LADANG-SHARD-018",
            () -> third.put("users", "wati", "u3", Map.of("mail", holds), Expect.any()));
      } finally {
        third.close();
      }
    }
    open();
  }

  /** Many threads set, change and delete values of few: at no moment do two rows hold the same. */
  @Test
  void noTwoRowsEverHoldTheSameValue() throws Exception {
    long seed = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Integer>> writers = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        Random random = new Random(seed + t);
        writers.add(() -> write(random));
      }
      int done = 0;
      for (Future<Integer> end : threads.invokeAll(writers, 60, TimeUnit.SECONDS)) {
        done += end.get();
      }
      assertThat(done).as("seed %d", seed).isPositive();
    } finally {
      threads.shutdownNow();
    }
    Map<String, String> holders = new HashMap<>();
    cluster
        .scan(Scan.of("users").limit(1_000))
        .rows()
        .forEach(
            row ->
                assertThat(holders.put(row.string("mail").orElseThrow(), row.id()))
                    .as("seed %d", seed)
                    .isNull());
  }

  private int write(Random random) {
    int done = 0;
    for (int i = 0; i < 60; i++) {
      int row = random.nextInt(6);
      try {
        if (random.nextInt(5) == 0) {
          cluster.delete("users", "o" + row, "u" + row, Expect.any());
        } else {
          put("o" + row, "u" + row, "m" + random.nextInt(4));
        }
        done++;
      } catch (LadangException e) {
        assertThat(e.code()).isIn("LADANG-SHARD-018", "LADANG-SHARD-013");
      }
    }
    return done;
  }

  @Test
  void whatIsUniqueIsDeclaredBeforeThereAreRows() {
    cluster.declare(Table.of("late", Field.of("mail", FieldType.STRING)));
    cluster.put("late", "sari", "r", Map.of("mail", "x"), Expect.any());

    ClusterTest.refused(
        "LADANG-SHARD-007",
        () -> cluster.declare(Table.of("late", Field.unique("mail", FieldType.STRING))));
  }
}
