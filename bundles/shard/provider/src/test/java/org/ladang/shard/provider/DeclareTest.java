package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ladang.shard.Expect;
import org.ladang.shard.Field;
import org.ladang.shard.FieldType;
import org.ladang.shard.Group;
import org.ladang.shard.Scan;
import org.ladang.shard.Table;

class DeclareTest extends ClusterTest {
  @Test
  void declaringAgainChangesNothing() {
    assertThat(shards().declare(PLANTS)).isEqualTo(PLANTS);
    assertThat(shards().declare(PLANTS)).isEqualTo(PLANTS);

    reopen();

    assertThat(shards().tables()).containsExactly(PLANTS);
    assertThat(shards().declare(PLANTS)).isEqualTo(PLANTS);
  }

  @Test
  void aNewFieldTakesWhatRowsCarriedInTheirDocuments() {
    shards().declare(Table.of("t", Field.of("a", FieldType.STRING)));
    for (int i = 0; i < 1_200; i++) {
      shards().put("t", "o" + i, "r", Map.of("a", "x", "b", i % 3, "c", "y"), Expect.any());
    }
    shards().put("t", "without", "r", Map.of("a", "x"), Expect.any());

    Table wanted = shards().declare(Table.of("t", Field.indexed("b", FieldType.LONG)));

    assertThat(wanted.fields())
        .containsExactly(Field.of("a", FieldType.STRING), Field.indexed("b", FieldType.LONG));
    assertThat(shards().countBy("t", "b").stream().map(Group::rows))
        .containsExactly(400L, 400L, 400L, 1L);
    assertThat(shards().get("t", "o4", "r").orElseThrow().fields())
        .isEqualTo(Map.of("a", "x", "b", 1L, "c", "y"));
    shards().put("t", "o4", "r", Map.of("a", "x"), Expect.any());
    assertThat(shards().get("t", "o4", "r").orElseThrow().fields()).isEqualTo(Map.of("a", "x"));
    assertThat(shards().scan(Scan.of("t").where("b", 1).limit(500)).rows()).hasSize(399);
  }

  @Test
  void aFieldWhoseRowsCarrySomethingElseIsRefusedAndNothingIsLost() {
    shards().declare(Table.of("t"));
    shards().put("t", "o", "good", Map.of("b", 1), Expect.any());
    shards().put("t", "o", "strange", Map.of("b", "one"), Expect.any());

    var refusal =
        refused(
            "LADANG-SHARD-007",
            () -> shards().declare(Table.of("t", Field.of("b", FieldType.LONG))));

    assertThat(refusal).hasMessageContaining("strange");
    assertThat(shards().get("t", "o", "good").orElseThrow().fields()).isEqualTo(Map.of("b", 1));
    shards().put("t", "o", "strange", Map.of("b", 2), Expect.any());
    shards().declare(Table.of("t", Field.of("b", FieldType.LONG)));
    assertThat(shards().get("t", "o", "strange").orElseThrow().fields()).isEqualTo(Map.of("b", 2L));
  }

  @Test
  void anotherTypeIsRefused() {
    shards().declare(Table.of("t", Field.of("a", FieldType.STRING)));

    var refusal =
        refused(
            "LADANG-SHARD-007",
            () -> shards().declare(Table.of("t", Field.of("a", FieldType.LONG))));

    assertThat(refusal).hasMessageContaining("\"a\"").hasMessageContaining("STRING");
  }

  @Test
  void anOlderDeclarationTakesNothingAway() {
    shards().declare(PLANTS);

    assertThat(shards().declare(Table.of("plants", Field.of("kind", FieldType.STRING))))
        .isEqualTo(PLANTS);
  }

  @Test
  void anIndexMayComeLater() {
    shards().declare(Table.of("t", Field.of("a", FieldType.STRING)));
    shards().put("t", "o", "r", Map.of("a", "x"), Expect.any());

    shards().declare(Table.of("t", Field.indexed("a", FieldType.STRING)));

    assertThat(shards().tables().get(0).field("a").orElseThrow().indexed()).isTrue();
    assertThat(shards().scan(Scan.of("t").where("a", "x")).rows()).hasSize(1);
  }
}
