package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ladang.shard.Page;
import org.ladang.shard.Row;

class ScatterTest {
  private static final Comparator<Row> ORDER =
      Comparator.comparing(Row::owner).thenComparing(Row::id);

  /** Any rows on any shards, pages of any size that end early at random: all rows, once, in order. */
  @Test
  void pagesOverManyShardsAreAllRowsInOrderOnce() {
    for (long seed = 1; seed <= 500; seed++) {
      Random random = new Random(seed);
      int shards = 1 + random.nextInt(10);
      List<List<Row>> parts = new ArrayList<>();
      for (int i = 0; i < shards; i++) {
        parts.add(new ArrayList<>());
      }
      Set<String> keys = new HashSet<>();
      List<Row> all = new ArrayList<>();
      for (int i = random.nextInt(120); i > 0; i--) {
        String owner = "o" + random.nextInt(30);
        Row row = new Row(owner, "i" + random.nextInt(20), i, Map.of());
        if (keys.add(row.owner() + "/" + row.id())) {
          all.add(row);
          parts.get(Math.floorMod(owner.hashCode(), shards)).add(row);
        }
      }
      all.sort(ORDER);
      parts.forEach(p -> p.sort(ORDER));
      int limit = 1 + random.nextInt(20);
      assertThat(read(parts, limit, random)).as("seed %d", seed).isEqualTo(all);
    }
  }

  private static List<Row> read(List<List<Row>> parts, int limit, Random random) {
    List<Row> found = new ArrayList<>();
    Optional<Cursor> after = Optional.empty();
    do {
      List<Scatter.Part> answers = new ArrayList<>();
      for (List<Row> part : parts) {
        Optional<Cursor> from = after;
        List<Row> left =
            part.stream()
                .filter(
                    r ->
                        from.isEmpty()
                            || r.owner().compareTo(from.get().owner()) > 0
                            || r.owner().equals(from.get().owner())
                                && r.id().compareTo(from.get().id()) > 0)
                .toList();
        int most = Math.min(limit, 1 + random.nextInt(limit));
        answers.add(
            new Scatter.Part(left.subList(0, Math.min(most, left.size())), left.size() > most));
      }
      Page page = Scatter.merge(answers, limit);
      assertThat(page.rows().size()).isLessThanOrEqualTo(limit);
      assertThat(page.rows().isEmpty() && page.next().isPresent()).isFalse();
      found.addAll(page.rows());
      after = page.next().map(Cursor::parse);
    } while (after.isPresent());
    return found;
  }
}
