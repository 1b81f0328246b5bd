package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.shard.Table;

/** Looks into both copies of every shard, past the cluster. */
final class Copies {
  private Copies() {}

  /** Both copies of each shard hold the same rows, each in a bucket that is at home there. */
  static void assertSame(ShardedCluster cluster) {
    OpenCluster open = cluster.opened();
    for (Shard shard : open.shards()) {
      if (!shard.made()) {
        continue;
      }
      shard.follow();
      for (Table table : open.tables().values()) {
        List<StoredRow> primary = rows(shard.primary(), table);
        assertThat(rows(shard.replica(), table)).as(shard.id()).isEqualTo(primary);
        for (StoredRow row : primary) {
          assertThat(open.map().shard(Buckets.of(row.owner())))
              .as("home of %s", row.owner())
              .isEqualTo(shard.id());
        }
      }
    }
  }

  private static List<StoredRow> rows(Copy copy, Table table) {
    List<StoredRow> all = new ArrayList<>();
    Optional<Cursor> after = Optional.empty();
    try {
      while (true) {
        ShardEngine.Rows page =
            copy.engine()
                .orElseThrow()
                .scan(table, new Range(Optional.empty(), Map.of(), after, 500));
        all.addAll(page.rows());
        if (!page.more()) {
          return all;
        }
        StoredRow last = all.get(all.size() - 1);
        after = Optional.of(new Cursor(last.owner(), last.id()));
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
