package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Field;
import org.ladang.shard.FieldType;
import org.ladang.shard.ShardCluster;
import org.ladang.shard.Table;

/** A cluster on a real database in a folder of its own. */
abstract class ClusterTest {
  static final Table PLANTS =
      Table.of(
          "plants",
          Field.indexed("kind", FieldType.STRING),
          Field.of("height", FieldType.LONG),
          Field.of("weight", FieldType.DOUBLE),
          Field.of("price", FieldType.DECIMAL),
          Field.of("ripe", FieldType.BOOLEAN),
          Field.of("sown", FieldType.INSTANT));

  @TempDir Path root;
  final Fakes.TestClock clock = new Fakes.TestClock();
  final Fakes.TestEvents events = new Fakes.TestEvents();
  ShardedCluster cluster;

  @BeforeEach
  void open() {
    cluster = Fakes.cluster(root, clock, events, false);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  void reopen() {
    cluster.close();
    open();
  }

  static Map<String, Object> kind(String kind) {
    return Map.of("kind", kind);
  }

  static LadangException refused(String code, ThrowingCallable call) {
    LadangException[] caught = new LadangException[1];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LadangException.class,
            e -> {
              assertThat(e.code()).as(e.line()).isEqualTo(code);
              caught[0] = e;
            });
    return caught[0];
  }

  ShardCluster shards() {
    return cluster;
  }
}
