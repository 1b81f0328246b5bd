package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.all;
import static org.ladang.console.provider.page.Html.attr;
import static org.ladang.console.provider.page.Html.cls;
import static org.ladang.console.provider.page.Html.nothing;
import static org.ladang.console.provider.page.Html.tag;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The plugins with their state and their figures, filtered by typing. */
final class PluginTable {
  private static final List<String> COLUMNS =
      List.of(
          "Plugin",
          "Version",
          "State",
          "Health",
          "Trust",
          "Calls/s",
          "p95 ms",
          "Errors/s",
          "Restarts",
          "Since");

  private PluginTable() {}

  /** How often the kernel started which plugin again because it had failed, as far as its events reach back. */
  static CompletableFuture<Asked> restarts(Visit visit) {
    return visit.ask("ladang:events", "type", "swap.restart", "limit", 1000);
  }

  /**
   * The filter and the table.
   *
   * @param most so many rows at the most; what is more is found by typing
   */
  static Html panel(Visit visit, Asked plugins, Asked present, Asked restarts, int most) {
    String words = visit.parameter("plugins").orElse("").strip();
    return all(
        filter(visit, words),
        Parts.panel(
            "plugins",
            "Plugins",
            plugins,
            asked -> content(Shape.list(asked.value()), words, most, present, restarts)),
        visit.has("plugin:list") ? nothing() : tag("p", "The room registry does not serve."));
  }

  /** Asks the server, by a script while one types, without one when it is sent; what else the page was asked for stays. */
  private static Html filter(Visit visit, String words) {
    List<Html> kept = new ArrayList<>();
    for (String name : List.of("last", "from", "to")) {
      visit
          .parameter(name)
          .ifPresent(
              value ->
                  kept.add(
                      tag(
                          "input",
                          attr("type", "hidden"),
                          attr("name", name),
                          attr("value", value))));
    }
    return tag(
        "form",
        cls("filter"),
        attr("method", "get"),
        attr("action", visit.address()),
        attr("role", "search"),
        kept,
        tag("label", attr("for", "plugin-filter"), "Filter plugins "),
        tag(
            "input",
            attr("type", "search"),
            attr("id", "plugin-filter"),
            attr("name", "plugins"),
            attr("value", words),
            attr("data-filter", "plugins"),
            attr("data-search", ""),
            attr("autocomplete", "off")),
        tag("button", attr("type", "submit"), "Find"));
  }

  private static boolean matches(Shape plugin, String words) {
    return words.isEmpty()
        || Stream.of("name", "version", "state", "health", "trust")
            .anyMatch(key -> plugin.text(key).toLowerCase(Locale.ROOT).contains(words));
  }

  private static Html content(
      List<Shape> all, String words, int most, Asked present, Asked restarts) {
    String lower = words.toLowerCase(Locale.ROOT);
    List<Shape> matching = all.stream().filter(plugin -> matches(plugin, lower)).toList();
    List<Shape> plugins = matching.stream().limit(most).toList();
    Map<String, Shape> calls = new HashMap<>();
    present.shape().shapes("calls").forEach(c -> calls.put(c.text("owner"), c));
    Map<String, Integer> restarted = new HashMap<>();
    Shape.list(restarts.value())
        .forEach(event -> restarted.merge(event.text("subject"), 1, Integer::sum));
    if (all.isEmpty()) {
      return tag("p", "None yet. Drop a jar on the page Deploy, or into the folder deploy.");
    }
    if (plugins.isEmpty()) {
      return tag("p", "None of " + all.size() + " plugins matches " + words + ".");
    }
    List<List<Object>> rows = new ArrayList<>();
    for (Shape plugin : plugins) {
      String name = plugin.text("name");
      Shape called = calls.getOrDefault(name, Shape.of(Map.of()));
      rows.add(
          List.of(
              Parts.plugin(name),
              plugin.text("version"),
              Parts.state(plugin.text("state")),
              Parts.state(plugin.text("health")),
              plugin.has("trust") ? plugin.text("trust") : "not recorded",
              Parts.Figure.of(called.number("calls")),
              called.has("p95") ? Parts.Figure.of(called.number("p95")) : new Parts.Figure("–"),
              Parts.Figure.of(called.number("errors")),
              restarts.there() ? restarted.getOrDefault(name, 0) : new Parts.Figure("–"),
              Parts.time(plugin.time("since"))));
    }
    return all(
        Parts.table(caption(all.size(), matching.size(), plugins.size()), COLUMNS, rows),
        Parts.command(present.command()),
        Parts.command(restarts.command()));
  }

  private static String caption(int all, int matching, int shown) {
    String count = all == 1 ? "1 plugin" : all + " plugins";
    String found = matching == all ? count : matching + " of " + count;
    return shown == matching
        ? found
        : found + ", the first " + shown + " of them; type to find the others";
  }
}
