package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ladang.shard.Expect;
import org.ladang.shard.Field;
import org.ladang.shard.FieldType;
import org.ladang.shard.Scan;
import org.ladang.shard.Table;
import org.ladang.shard.Write;

class RefusalsTest extends ClusterTest {
  @BeforeEach
  void declare() {
    shards().declare(PLANTS);
  }

  static List<Map<String, Object>> wrong() {
    return List.of(
        Map.of("kind", 1),
        Map.of("height", 1.5),
        Map.of("height", "1"),
        Map.of("height", 1e300),
        Map.of("weight", Double.NaN),
        Map.of("price", "much"),
        Map.of("ripe", "yes"),
        Map.of("sown", "yesterday"),
        Map.of("other", new Object()),
        Map.of("other", Map.of(1, 2)),
        Map.of("other", Double.POSITIVE_INFINITY));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aValueOfAnotherTypeIsNeverBent(Map<String, Object> fields) {
    var refusal =
        refused(
            "LADANG-SHARD-004", () -> shards().put("plants", "sari", "p1", fields, Expect.any()));

    assertThat(refusal).hasMessageContaining(fields.keySet().iterator().next());
    assertThat(shards().count("plants")).isZero();
  }

  @Test
  void aTableThatNobodyDeclaredIsRefusedWithTheOnesThereAre() {
    var refusal = refused("LADANG-SHARD-002", () -> shards().get("plant", "sari", "p1"));

    assertThat(refusal.line()).contains("\"plant\"").contains("plants");
  }

  @Test
  void anUndeclaredFieldCannotBeFilteredOrGrouped() {
    refused("LADANG-SHARD-003", () -> shards().countBy("plants", "colour"));
    refused("LADANG-SHARD-003", () -> shards().scan(Scan.of("plants").where("colour", "red")));
  }

  @Test
  void aRowTooLargeIsRefused() {
    String most = "x".repeat(1_000_000);

    shards().put("plants", "sari", "p1", kind(most), Expect.any());
    refused(
        "LADANG-SHARD-005",
        () -> shards().put("plants", "sari", "p2", Map.of("kind", most, "more", 1), Expect.any()));
    refused(
        "LADANG-SHARD-005",
        () -> shards().put("plants", "sari", "p2", Map.of("text", most), Expect.any()));

    assertThat(shards().get("plants", "sari", "p1").orElseThrow().string("kind")).contains(most);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "\u0000"})
  void aBadKeyIsRefused(String key) {
    refused("LADANG-SHARD-006", () -> shards().put("plants", key, "p1", Map.of(), Expect.any()));
    refused("LADANG-SHARD-006", () -> shards().get("plants", "sari", key));
  }

  @Test
  void aKeyMayHave255CharactersOfAnyScript() {
    String key = "稲".repeat(255);

    shards().put("plants", key, key, kind("padi"), Expect.absent());

    assertThat(shards().get("plants", key, key)).isPresent();
    refused("LADANG-SHARD-006", () -> shards().get("plants", key + "x", "p1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Plants", "1st", "", "a b", "x\"; DROP TABLE y"})
  void aBadTableNameIsRefused(String name) {
    refused("LADANG-SHARD-006", () -> shards().declare(Table.of(name)));
  }

  @Test
  void wordsOfSqlAreGoodNames() {
    Table table =
        Table.of(
            "select",
            Field.indexed("order", FieldType.STRING),
            Field.of("owner", FieldType.STRING),
            Field.of("version", FieldType.LONG));
    shards().declare(table);
    Map<String, Object> fields = Map.of("order", "by", "owner", "other", "version", 7L);

    shards().put("select", "sari", "from", fields, Expect.any());

    assertThat(shards().get("select", "sari", "from").orElseThrow().fields()).isEqualTo(fields);
  }

  @Test
  void theClustersOwnTablesAreNobodyElses() {
    refused("LADANG-SHARD-006", () -> shards().declare(Table.of("ladang_mine")));
    refused(
        "LADANG-SHARD-002", () -> shards().put("ladang_lookup", "o", "r", Map.of(), Expect.any()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "bm90IGpzb24", "WzEsMl0", "!!!"})
  void aCursorThatIsNoneIsRefused(String cursor) {
    refused("LADANG-SHARD-009", () -> shards().scan(Scan.of("plants").after(Optional.of(cursor))));
  }

  @Test
  void limitsAreKept() {
    refused("LADANG-SHARD-010", () -> shards().scan(Scan.of("plants").limit(0)));
    refused("LADANG-SHARD-010", () -> shards().scan(Scan.of("plants").limit(1_001)));
    List<Write> many = new ArrayList<>();
    for (int i = 0; i <= 10_000; i++) {
      many.add(new Write.Delete("plants", "sari", "p" + i, Expect.any()));
    }
    refused("LADANG-SHARD-010", () -> shards().batch(many));
  }

  @Test
  void moreThanAThousandGroupsAreRefused() {
    List<Write> many = new ArrayList<>();
    for (int i = 0; i < 1_001; i++) {
      many.add(new Write.Put("plants", "o" + i, "p", kind("kind-" + i), Expect.any()));
    }
    shards().batch(many);

    refused("LADANG-SHARD-010", () -> shards().countBy("plants", "kind"));
  }

  @Test
  void aReadOnlyClusterReadsAndDoesNotWrite() {
    shards().put("plants", "sari", "p1", kind("padi"), Expect.any());
    cluster.close();
    cluster = Fakes.cluster(root, clock, events, true);

    assertThat(shards().get("plants", "sari", "p1")).isPresent();
    assertThat(shards().declare(PLANTS)).isEqualTo(PLANTS);
    refused(
        "LADANG-SHARD-011", () -> shards().put("plants", "sari", "p1", kind("x"), Expect.any()));
    refused("LADANG-SHARD-011", () -> shards().declare(Table.of("new_table")));
    assertThat(shards().shards().get(0).state().name()).isEqualTo("READ_ONLY");
  }
}
