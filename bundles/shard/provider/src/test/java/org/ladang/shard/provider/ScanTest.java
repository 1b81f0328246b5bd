package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ladang.shard.Expect;
import org.ladang.shard.Group;
import org.ladang.shard.Page;
import org.ladang.shard.Row;
import org.ladang.shard.Scan;
import org.ladang.shard.Write;

class ScanTest extends ClusterTest {
  private final List<String> keys = new ArrayList<>();

  @BeforeEach
  void fill() {
    shards().declare(PLANTS);
    List<Write> writes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String owner = "o" + i % 7;
      String id = "p" + i;
      keys.add(owner + "/" + id);
      Map<String, Object> fields = i % 5 == 0 ? Map.of("bed", i) : kind("k" + i % 3);
      writes.add(new Write.Put("plants", owner, id, fields, Expect.any()));
    }
    Collections.shuffle(writes, new Random(1));
    shards().batch(writes);
    Collections.sort(keys);
  }

  @Test
  void pagesTogetherAreAllRowsInOrderOnce() {
    assertThat(read(Scan.of("plants").limit(7))).containsExactlyElementsOf(keys);
    assertThat(read(Scan.of("plants").limit(300))).containsExactlyElementsOf(keys);
    assertThat(read(Scan.of("plants").limit(1_000))).containsExactlyElementsOf(keys);
  }

  @Test
  void anOwnersRowsAreOnlyHis() {
    assertThat(read(Scan.of("plants").owner("o3").limit(10)))
        .containsExactlyElementsOf(keys.stream().filter(k -> k.startsWith("o3/")).toList());
    assertThat(read(Scan.of("plants").owner("nobody"))).isEmpty();
  }

  @Test
  void aConditionFiltersPageByPage() {
    List<String> expected = new ArrayList<>();
    for (Row row : shards().scan(Scan.of("plants").limit(1_000)).rows()) {
      if (row.string("kind").equals(Optional.of("k1"))) {
        expected.add(row.owner() + "/" + row.id());
      }
    }

    assertThat(expected).hasSize(80);
    assertThat(read(Scan.of("plants").where("kind", "k1").limit(9)))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void aCursorStaysGoodWhenRowsGoAndAfterARestart() {
    Page first = shards().scan(Scan.of("plants").limit(10));
    Row last = first.rows().get(9);
    shards().delete("plants", last.owner(), last.id(), Expect.any());
    reopen();

    Page second = shards().scan(Scan.of("plants").limit(10).after(first.next()));

    assertThat(second.rows().stream().map(r -> r.owner() + "/" + r.id()))
        .containsExactlyElementsOf(keys.subList(10, 20));
  }

  @Test
  void groupsAreCountedLargestFirstAndNoValueIsAGroupToo() {
    assertThat(shards().countBy("plants", "kind"))
        .hasSize(4)
        .contains(new Group(Optional.empty(), 60), new Group(Optional.of("k1"), 80))
        .extracting(Group::rows)
        .isSortedAccordingTo(Collections.reverseOrder());
    assertThat(shards().countBy("plants", "height"))
        .containsExactly(new Group(Optional.empty(), 300));
  }

  @Test
  void pagesOfLargeRowsEndEarlyAndLoseNone() {
    TreeSet<String> ids = new TreeSet<>();
    for (int i = 0; i < 20; i++) {
      ids.add("z/" + i);
      shards().put("plants", "z", "" + i, Map.of("text", "x".repeat(900_000)), Expect.any());
    }

    Page first = shards().scan(Scan.of("plants").owner("z").limit(1_000));

    assertThat(first.rows().size()).isLessThan(20);
    assertThat(read(Scan.of("plants").owner("z").limit(1_000))).containsExactlyElementsOf(ids);
  }

  private List<String> read(Scan scan) {
    List<String> found = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      Page page = shards().scan(scan.after(next));
      page.rows().forEach(r -> found.add(r.owner() + "/" + r.id()));
      next = page.next();
    } while (next.isPresent());
    return found;
  }
}
