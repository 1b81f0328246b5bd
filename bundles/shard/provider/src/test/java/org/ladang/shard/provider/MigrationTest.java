package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.shard.Expect;
import org.ladang.shard.Row;
import org.ladang.shard.provider.file.SteadyFiles;

class MigrationTest {
  @TempDir Path folder;

  @Test
  void theOneDatabaseOfBeforeIsTakenIntoTheShards() throws Exception {
    Path old = folder.resolve("shard");
    Files.createDirectories(old);
    SteadyFiles.register();
    H2ShardEngine engine =
        H2ShardEngine.open(
            old.resolve("shard-0"),
            Optional.of("test-node/shard-0"),
            new H2ShardEngine.Settings(2, 1_024),
            () -> 1,
            Steps.NONE);
    engine.declare(ClusterTest.PLANTS, Optional.empty());
    List<RowState> rows = new ArrayList<>();
    for (int i = 0; i < 1_234; i++) {
      Content content =
          Documents.split(ClusterTest.PLANTS, "o" + i, "p", ClusterTest.kind("k" + i % 3));
      rows.add(RowState.of(ClusterTest.PLANTS, new StoredRow("o" + i, "p", 1_000 + i, content)));
    }
    engine.apply(rows, 0);
    engine.close();
    SteadyFiles.unregister();
    TestCluster setup = new TestCluster(folder);
    setup.shards = 3;

    ShardedCluster cluster = setup.open();
    try {
      assertThat(cluster.tables()).containsExactly(ClusterTest.PLANTS);
      assertThat(cluster.count("plants")).isEqualTo(1_234);
      Row row = cluster.get("plants", "o7", "p").orElseThrow();
      assertThat(row.version()).isEqualTo(1_007);
      assertThat(row.string("kind")).contains("k1");
      cluster.put("plants", "o7", "p", ClusterTest.kind("new"), Expect.version(1_007));
      for (Shard shard : cluster.opened().shards()) {
        assertThat(shard.verify().problems()).isEmpty();
      }
      assertThat(old).doesNotExist();
      assertThat(folder.resolve("shard.migrated")).isDirectory();
    } finally {
      cluster.close();
    }
  }
}
