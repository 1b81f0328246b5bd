package org.ladang.shard.provider;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.ladang.shard.Group;
import org.ladang.shard.Page;
import org.ladang.shard.Row;

/** Puts together what several shards answer. Pure. */
final class Scatter {
  /** What one shard answered to a scan. */
  record Part(List<Row> rows, boolean more) {}

  private static final Comparator<Row> ORDER =
      Comparator.comparing(Row::owner).thenComparing(Row::id);

  private static final class Head {
    private final Part part;
    private int at;

    Head(Part part) {
      this.part = part;
    }

    Row row() {
      return part.rows().get(at);
    }
  }

  private Scatter() {}

  /**
   * The first rows of all parts in the order of owner and id. Ends where a part ends that has more: what follows there
   * may come before the rows of others.
   */
  static Page merge(List<Part> parts, int limit) {
    PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::row, ORDER));
    for (Part part : parts) {
      if (!part.rows().isEmpty()) {
        heads.add(new Head(part));
      }
    }
    List<Row> rows = new ArrayList<>();
    boolean more = false;
    while (!heads.isEmpty() && !more) {
      Head head = heads.poll();
      rows.add(head.row());
      head.at++;
      if (head.at < head.part.rows().size()) {
        heads.add(head);
      } else {
        more = head.part.more();
      }
      more |= rows.size() == limit && !heads.isEmpty();
    }
    if (!more) {
      return new Page(rows, Optional.empty());
    }
    Row last = rows.get(rows.size() - 1);
    return new Page(rows, Optional.of(new Cursor(last.owner(), last.id()).text()));
  }

  /** The sums of groups, the largest first. */
  static List<Group> sum(List<Group> groups) {
    Map<Optional<Object>, Long> sums = new HashMap<>();
    groups.forEach(g -> sums.merge(g.value(), g.rows(), Long::sum));
    return sums.entrySet().stream()
        .map(e -> new Group(e.getKey(), e.getValue()))
        .sorted(
            Comparator.comparingLong(Group::rows)
                .reversed()
                .thenComparing(g -> g.value().map(String::valueOf).orElse("")))
        .toList();
  }
}
