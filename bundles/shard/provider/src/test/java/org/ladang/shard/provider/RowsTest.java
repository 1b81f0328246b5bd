package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ladang.shard.Expect;
import org.ladang.shard.Row;
import org.ladang.shard.ShardInfo;
import org.ladang.shard.WriteOutcome;

class RowsTest extends ClusterTest {
  @BeforeEach
  void declare() {
    shards().declare(PLANTS);
  }

  @Test
  void aRowComesBackAsItWasWritten() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", "padi — 稲 \"x\" \\ \u0001");
    fields.put("height", Long.MIN_VALUE);
    fields.put("weight", 0.1);
    fields.put("price", new BigDecimal("842006786106.44"));
    fields.put("ripe", false);
    fields.put("sown", "2026-01-31T10:00:00.123456789Z");
    fields.put("notes", List.of("a", 1, true, Map.of("deep", List.of(new BigDecimal("1.50")))));
    fields.put("big", new BigInteger("123456789012345678901234567890"));

    shards().put("plants", "sari", "p1", fields, Expect.absent());

    Row row = shards().get("plants", "sari", "p1").orElseThrow();
    assertThat(row.fields()).isEqualTo(fields);
    assertThat(row.fields().keySet()).containsExactlyElementsOf(fields.keySet());
    assertThat(row.instant("sown")).contains(Instant.parse("2026-01-31T10:00:00.123456789Z"));
    assertThat(row.decimal("price").orElseThrow().toPlainString()).isEqualTo("842006786106.44");
  }

  @Test
  void aDecimalKeepsItsValueThoughNotItsZeros() {
    shards().put("plants", "sari", "p1", Map.of("price", "1000.00"), Expect.any());
    String longest = "9".repeat(60) + "." + "1".repeat(40);
    shards().put("plants", "sari", "p2", Map.of("price", longest), Expect.any());

    assertThat(shards().get("plants", "sari", "p1").orElseThrow().fields())
        .isEqualTo(Map.of("price", new BigDecimal("1000")));
    assertThat(shards().get("plants", "sari", "p2").orElseThrow().decimal("price"))
        .contains(new BigDecimal(longest));
  }

  @Test
  void valuesSurviveClosingAndOpening() {
    WriteOutcome.Written written =
        shards().put("plants", "sari", "p1", Map.of("kind", "padi", "bed", 7), Expect.any());

    reopen();

    assertThat(shards().get("plants", "sari", "p1"))
        .contains(new Row("sari", "p1", written.version(), Map.of("kind", "padi", "bed", 7)));
  }

  @Test
  void aPutReplacesTheWholeRow() {
    shards().put("plants", "sari", "p1", Map.of("kind", "padi", "bed", 7), Expect.any());
    shards().put("plants", "sari", "p1", Map.of("height", 3), Expect.any());

    assertThat(shards().get("plants", "sari", "p1").orElseThrow().fields())
        .isEqualTo(Map.of("height", 3L));
  }

  @Test
  void aNullValueIsAsNone() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", null);
    fields.put("bed", null);
    fields.put("list", Arrays.asList(1, null));

    shards().put("plants", "sari", "p1", fields, Expect.any());

    assertThat(shards().get("plants", "sari", "p1").orElseThrow().fields())
        .isEqualTo(Map.of("list", Arrays.asList(1, null)));
  }

  @Test
  void theSameIdOfTwoOwnersIsTwoRows() {
    shards().put("plants", "sari", "p1", kind("padi"), Expect.absent());
    shards().put("plants", "budi", "p1", kind("kopi"), Expect.absent());

    assertThat(shards().get("plants", "sari", "p1").orElseThrow().string("kind")).contains("padi");
    assertThat(shards().get("plants", "budi", "p1").orElseThrow().string("kind")).contains("kopi");
    assertThat(shards().count("plants", "budi")).isEqualTo(1);
    assertThat(shards().count("plants")).isEqualTo(2);
  }

  @Test
  void aStaleVersionIsRefusedAndChangesNothing() {
    long first = shards().put("plants", "sari", "p1", kind("a"), Expect.any()).version();
    long second = shards().put("plants", "sari", "p1", kind("b"), Expect.version(first)).version();

    var conflict =
        refused(
            "LADANG-SHARD-001",
            () -> shards().put("plants", "sari", "p1", kind("c"), Expect.version(first)));

    assertThat(conflict).hasMessageContaining("p1").hasMessageContaining("version " + second);
    assertThat(shards().get("plants", "sari", "p1").orElseThrow().string("kind")).contains("b");
    assertThat(shards().shards().stream().mapToLong(ShardInfo::conflicts).sum()).isEqualTo(1);
  }

  @Test
  void absentIsRefusedWhereARowIs() {
    shards().put("plants", "sari", "p1", kind("a"), Expect.absent());

    refused(
        "LADANG-SHARD-001", () -> shards().put("plants", "sari", "p1", kind("b"), Expect.absent()));
  }

  @Test
  void aRowMadeAnewNeverHasAVersionOfBefore() {
    long before = shards().put("plants", "sari", "p1", kind("a"), Expect.any()).version();
    shards().delete("plants", "sari", "p1", Expect.version(before));
    long after = shards().put("plants", "sari", "p1", kind("b"), Expect.absent()).version();

    assertThat(after).isGreaterThan(before);
    refused(
        "LADANG-SHARD-001",
        () -> shards().put("plants", "sari", "p1", kind("c"), Expect.version(before)));
  }

  @Test
  void deletingTellsWhetherTheRowWasThere() {
    shards().put("plants", "sari", "p1", kind("a"), Expect.any());

    assertThat(shards().delete("plants", "sari", "p1", Expect.any()).existed()).isTrue();
    assertThat(shards().delete("plants", "sari", "p1", Expect.any()).existed()).isFalse();
    refused("LADANG-SHARD-001", () -> shards().delete("plants", "sari", "p1", Expect.version(1)));
    assertThat(shards().get("plants", "sari", "p1")).isEmpty();
  }
}
