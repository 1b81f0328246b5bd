package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.all;
import static org.ladang.console.provider.page.Html.attr;
import static org.ladang.console.provider.page.Html.cls;
import static org.ladang.console.provider.page.Html.nothing;
import static org.ladang.console.provider.page.Html.tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ladang.kernel.action.ActionInfo;

/** The shards: who holds which of the 16,384 buckets, how much, how fast, and what can be done. */
final class ShardPage {
  private static final int SIDE = 128;

  /** So many shards are asked for their copies. */
  private static final int CLOSELY = 64;

  private static final List<String> COLUMNS =
      List.of(
          "Shard",
          "State",
          "Buckets",
          "Rows",
          "Bytes",
          "Reads p50, p99",
          "Writes p50, p99",
          "Errors",
          "Lag",
          "Second copy",
          "Orders",
          "What is wrong");

  private ShardPage() {}

  static CompletionStage<Html> content(Visit visit) {
    CompletableFuture<Asked> tables = visit.ask("shard:tables");
    CompletableFuture<Asked> map =
        visit.has("shard:map") ? visit.ask("shard:map") : CompletableFuture.completedFuture(null);
    return visit
        .ask("shard:list")
        .thenCompose(
            list -> {
              Map<String, CompletableFuture<Asked>> close = close(visit, list);
              List<CompletableFuture<Asked>> all = new ArrayList<>(close.values());
              all.add(tables);
              all.add(map);
              return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                  .thenApply(none -> content(visit, list, tables.join(), map.join(), close));
            });
  }

  /** Each shard closely: how far its copy is behind. */
  private static Map<String, CompletableFuture<Asked>> close(Visit visit, Asked list) {
    Map<String, CompletableFuture<Asked>> close = new LinkedHashMap<>();
    Shape.list(list.value()).stream()
        .limit(CLOSELY)
        .map(shard -> shard.text("id"))
        .forEach(id -> close.put(id, visit.ask("shard:info", "shard", id)));
    return close;
  }

  private static Html content(
      Visit visit,
      Asked list,
      Asked tables,
      Asked map,
      Map<String, CompletableFuture<Asked>> close) {
    return all(
        map == null ? nothing() : Parts.panel("map", "Buckets", map, ShardPage::map),
        Parts.panel("shards", "Shards", list, asked -> shards(visit, asked, close)),
        Parts.panel("tables", "Tables", tables, asked -> Parts.value("Tables", asked.value())),
        ActionPages.forms(visit, "shard", "What can be asked of shard"));
  }

  private static Html shards(
      Visit visit, Asked asked, Map<String, CompletableFuture<Asked>> close) {
    List<List<Object>> rows = new ArrayList<>();
    String command = "";
    for (Shape shard : Shape.list(asked.value())) {
      String id = shard.text("id");
      Asked closely = close.containsKey(id) ? close.get(id).join() : null;
      command = closely == null ? command : closely.command();
      Shape copy = closely == null ? Shape.of(Map.of()) : closely.shape();
      rows.add(
          List.of(
              tag("span", cls("name"), id),
              Parts.state(shard.text("state").toLowerCase(Locale.ROOT)),
              shard.whole("buckets"),
              shard.whole("rows") < 0 ? new Parts.Figure("–") : shard.whole("rows"),
              new Parts.Figure(
                  shard.number("bytes") < 0 ? "–" : Parts.bytes(shard.number("bytes"))),
              new Parts.Figure(latency(shard.shape("reads"))),
              new Parts.Figure(latency(shard.shape("writes"))),
              shard.whole("errors"),
              copy.has("lag")
                  ? new Parts.Figure(Durations.words(copy.text("lag")))
                  : new Parts.Figure("–"),
              copy.text("replica"),
              tag("span", cls("orders"), orders(visit, id)),
              shard.text("sentence")));
    }
    return rows.isEmpty()
        ? tag("p", "None yet.")
        : all(
            Parts.table(rows.size() == 1 ? "1 shard" : rows.size() + " shards", COLUMNS, rows),
            command.isEmpty() ? nothing() : Parts.command(command));
  }

  private static String latency(Shape latency) {
    return latency.whole("count") == 0
        ? "–"
        : Durations.words(latency.text("p50")) + ", " + Durations.words(latency.text("p99"));
  }

  private static List<Html> orders(Visit visit, String id) {
    List<Html> buttons = new ArrayList<>();
    for (String order : List.of("verify", "rebuild", "backup")) {
      visit
          .action("shard:" + order)
          .flatMap(ShardPage::argument)
          .ifPresent(
              name ->
                  buttons.add(
                      Parts.button(
                          visit,
                          all(order, tag("span", cls("hidden"), " " + id)),
                          "shard:" + order,
                          Map.of(name, id))));
    }
    return buttons;
  }

  /** The argument that names a shard. */
  private static Optional<String> argument(ActionInfo action) {
    return Shape.of(action.arguments()).shape("properties").members().keySet().stream()
        .map(String::valueOf)
        .filter(name -> List.of("shard", "id", "name").contains(name))
        .findFirst();
  }

  /**
   * The map as a square of 128 by 128 buckets, the first one at the top left. It takes what names a shard and ranges of
   * buckets, in the forms in which rooms write ranges: {@code from}/{@code to}, {@code first}/{@code last}, or texts such
   * as {@code 0-99}.
   */
  private static Html map(Asked asked) {
    Map<String, StringBuilder> paths = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    List<Shape> entries =
        asked.value() instanceof List<?> ? Shape.list(asked.value()) : entries(asked.shape());
    for (Shape entry : entries) {
      String shard =
          entry.has("shard")
              ? entry.text("shard")
              : entry.has("primary") ? entry.text("primary") : entry.text("id");
      for (int[] range : ranges(entry)) {
        counts.merge(shard, range[1] - range[0] + 1, Integer::sum);
        draw(paths.computeIfAbsent(shard, s -> new StringBuilder()), range[0], range[1]);
      }
    }
    boolean grouped = paths.isEmpty();
    if (grouped) {
      groups(asked.shape().shape("buckets"), paths, counts);
    }
    if (paths.isEmpty()) {
      return Parts.value("Buckets", asked.value());
    }
    List<Object> shapes = new ArrayList<>();
    List<Object> legend = new ArrayList<>();
    int colour = 0;
    for (Map.Entry<String, StringBuilder> path : paths.entrySet()) {
      String tone = "bucket bucket-" + colour++ % 12;
      shapes.add(tag("path", cls(tone), attr("d", path.getValue()), tag("title", path.getKey())));
      legend.add(
          tag(
              "li",
              tag(
                  "svg",
                  cls("key"),
                  attr("viewBox", "0 0 1 1"),
                  attr("aria-hidden", "true"),
                  tag("rect", cls(tone), attr("width", 1), attr("height", 1))),
              " " + path.getKey() + ": " + counts.get(path.getKey()) + " buckets"));
    }
    return all(
        tag(
            "svg",
            cls("buckets"),
            attr("viewBox", "0 0 " + SIDE + " " + SIDE),
            attr("role", "img"),
            attr(
                "aria-label",
                grouped
                    ? "The 16,384 buckets, put together by the shard that holds them; the list below says it in words."
                    : "Which shard holds which of the 16,384 buckets; the list below says it in words."),
            shapes),
        tag(
            "p",
            grouped
                ? "One square for each bucket, put together by shard."
                : "One square for each bucket, the first at the top left."),
        tag("ul", cls("legend"), legend));
  }

  /** Where the room only says how many buckets a shard has: as many squares for each, one shard after the other. */
  private static void groups(
      Shape counted, Map<String, StringBuilder> paths, Map<String, Integer> counts) {
    int next = 0;
    for (Object key : counted.members().keySet()) {
      String shard = String.valueOf(key);
      int count = (int) Math.min(SIDE * SIDE - next, Math.max(0, counted.whole(shard)));
      if (count > 0) {
        draw(paths.computeIfAbsent(shard, s -> new StringBuilder()), next, next + count - 1);
        counts.put(shard, count);
        next += count;
      }
    }
  }

  private static List<Shape> entries(Shape map) {
    for (String name : List.of("shards", "ranges", "assignments", "buckets")) {
      if (map.members().get(name) instanceof List<?> list) {
        return Shape.list(list);
      }
    }
    return List.of();
  }

  private static List<int[]> ranges(Shape entry) {
    List<int[]> ranges = new ArrayList<>();
    if (entry.has("from") && entry.has("to")) {
      ranges.add(new int[] {(int) entry.whole("from"), (int) entry.whole("to")});
    } else if (entry.has("first") && entry.has("last")) {
      ranges.add(new int[] {(int) entry.whole("first"), (int) entry.whole("last")});
    } else {
      for (String name : List.of("ranges", "buckets")) {
        List<String> texts =
            entry.members().get(name) instanceof String text
                ? List.of(text.split("[,; ]+"))
                : entry.texts(name);
        texts.stream().map(ShardPage::range).flatMap(Optional::stream).forEach(ranges::add);
      }
    }
    ranges.removeIf(r -> r[0] < 0 || r[1] < r[0] || r[1] >= SIDE * SIDE);
    return ranges;
  }

  private static Optional<int[]> range(String text) {
    String[] ends = text.strip().split("(-|\\.\\.)");
    try {
      int first = Integer.parseInt(ends[0].strip());
      return Optional.of(
          new int[] {first, ends.length > 1 ? Integer.parseInt(ends[1].strip()) : first});
    } catch (NumberFormatException other) {
      return Optional.empty();
    }
  }

  private static void draw(StringBuilder path, int first, int last) {
    int bucket = first;
    while (bucket <= last) {
      int row = bucket / SIDE;
      int end = Math.min(last, row * SIDE + SIDE - 1);
      path.append('M')
          .append(bucket % SIDE)
          .append(' ')
          .append(row)
          .append('h')
          .append(end - bucket + 1)
          .append("v1h-")
          .append(end - bucket + 1)
          .append('z');
      bucket = end + 1;
    }
  }
}
