package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Expect;
import org.ladang.shard.Row;
import org.ladang.shard.Write;
import org.ladang.shard.WriteOutcome;

class BatchTest extends ClusterTest {
  @BeforeEach
  void declare() {
    shards().declare(PLANTS);
  }

  @Test
  void aRefusedWriteTakesBackThoseOfItsOwnerOnly() {
    shards().put("plants", "sari", "p1", kind("old"), Expect.any());

    List<WriteOutcome> outcomes =
        shards()
            .batch(
                List.of(
                    put("sari", "p0", Expect.any()),
                    put("budi", "p1", Expect.absent()),
                    put("sari", "p1", Expect.absent()),
                    put("sari", "p2", Expect.any())));

    assertThat(outcomes.stream().map(BatchTest::code))
        .containsExactly("LADANG-SHARD-008", "", "LADANG-SHARD-001", "LADANG-SHARD-008");
    assertThat(shards().count("plants", "sari")).isEqualTo(1);
    assertThat(shards().get("plants", "sari", "p1").orElseThrow().string("kind")).contains("old");
    assertThat(shards().count("plants", "budi")).isEqualTo(1);
  }

  @Test
  void aBadWriteTakesBackThoseOfItsOwnerOnly() {
    List<WriteOutcome> outcomes =
        shards()
            .batch(
                List.of(
                    put("sari", "p0", Expect.any()),
                    new Write.Put("plants", "sari", "p1", Map.of("kind", 1), Expect.any()),
                    new Write.Put("nothing", "tono", "p1", Map.of(), Expect.any()),
                    put("budi", "p1", Expect.absent())));

    assertThat(outcomes.stream().map(BatchTest::code))
        .containsExactly("LADANG-SHARD-008", "LADANG-SHARD-004", "LADANG-SHARD-002", "");
    assertThat(shards().count("plants")).isEqualTo(1);
  }

  @Test
  void writesOfOneRowHappenInTheirOrder() {
    List<WriteOutcome> outcomes =
        shards()
            .batch(
                List.of(
                    put("sari", "p1", Expect.absent()),
                    new Write.Delete("plants", "sari", "p1", Expect.any()),
                    new Write.Put("plants", "sari", "p1", kind("last"), Expect.absent()),
                    put("sari", "gone", Expect.absent()),
                    new Write.Delete("plants", "sari", "gone", Expect.any())));

    assertThat(outcomes.stream().map(BatchTest::code)).containsOnly("");
    Row row = shards().get("plants", "sari", "p1").orElseThrow();
    assertThat(row.string("kind")).contains("last");
    assertThat(outcomes.get(2))
        .isEqualTo(new WriteOutcome.Written("sari", "p1", row.version(), List.of()));
    assertThat(shards().get("plants", "sari", "gone")).isEmpty();
  }

  @Test
  void ofManyWritersWithTheSameVersionOneWins() throws Exception {
    int threads = 8;
    int rounds = 40;
    for (int round = 0; round < rounds; round++) {
      String id = "p" + round;
      List<Callable<String>> writers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        String kind = "k" + i;
        writers.add(() -> attempt(id, kind));
      }
      List<String> ends = together(writers);
      assertThat(ends).containsOnly("", "LADANG-SHARD-001").containsOnlyOnce("");
    }
  }

  @Test
  void incrementsByVersionAreNeverLost() throws Exception {
    shards().put("plants", "sari", "counter", Map.of("height", 0), Expect.absent());
    List<Callable<String>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      writers.add(
          () -> {
            for (int done = 0; done < 50; ) {
              Row row = shards().get("plants", "sari", "counter").orElseThrow();
              long height = row.decimal("height").orElseThrow().longValue();
              try {
                Expect same = Expect.version(row.version());
                shards().put("plants", "sari", "counter", Map.of("height", height + 1), same);
                done++;
              } catch (LadangException e) {
                assertThat(e.code()).isEqualTo("LADANG-SHARD-001");
              }
            }
            return "";
          });
    }

    together(writers);

    assertThat(shards().get("plants", "sari", "counter").orElseThrow().fields())
        .isEqualTo(Map.of("height", 200L));
  }

  @Test
  void batchesOverTheSameRowsInAnyOrderDoNotBlockEachOther() throws Exception {
    List<Callable<String>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      boolean backwards = i % 2 == 0;
      writers.add(
          () -> {
            for (int round = 0; round < 25; round++) {
              List<Write> writes = new ArrayList<>();
              for (int k = 0; k < 20; k++) {
                writes.add(put("o" + (backwards ? 19 - k : k), "p", Expect.any()));
              }
              shards().batch(writes).forEach(o -> assertThat(code(o)).isEmpty());
            }
            return "";
          });
    }

    together(writers);

    assertThat(shards().count("plants")).isEqualTo(20);
    assertThat(shards().shards()).allMatch(s -> s.errors() == 0);
  }

  private String attempt(String id, String kind) {
    try {
      shards().put("plants", "sari", id, kind(kind), Expect.absent());
      return "";
    } catch (LadangException e) {
      return e.code();
    }
  }

  private static List<String> together(List<Callable<String>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<String> ends = new ArrayList<>();
      for (Future<String> end : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
        ends.add(end.get());
      }
      return ends;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Write put(String owner, String id, Expect expect) {
    return new Write.Put("plants", owner, id, kind("new"), expect);
  }

  private static String code(WriteOutcome outcome) {
    return outcome instanceof WriteOutcome.Refused refused ? refused.code() : "";
  }
}
