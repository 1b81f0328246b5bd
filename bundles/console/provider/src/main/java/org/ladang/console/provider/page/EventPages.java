package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.all;
import static org.ladang.console.provider.page.Html.attr;
import static org.ladang.console.provider.page.Html.cls;
import static org.ladang.console.provider.page.Html.nothing;
import static org.ladang.console.provider.page.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What happened, live, and what the log says. */
final class EventPages {
  private EventPages() {}

  static CompletionStage<Html> content(Visit visit) {
    String type = visit.parameter("type").orElse("");
    String words = visit.parameter("contains").orElse("");
    CompletableFuture<Asked> events =
        type.isEmpty()
            ? visit.ask("ladang:events", "limit", 200)
            : visit.ask("ladang:events", "type", type, "limit", 200);
    CompletableFuture<Asked> log =
        words.isEmpty()
            ? visit.ask("console:log", "limit", 200)
            : visit.ask("console:log", "contains", words, "limit", 200);
    return CompletableFuture.allOf(events, log)
        .thenApply(
            none ->
                all(
                    search(type, words),
                    filter("events", "Filter events "),
                    Parts.panel(
                        "events",
                        "Events",
                        events.join(),
                        asked -> table(asked.value() instanceof List<?> list ? list : List.of())),
                    filter("log", "Filter log lines "),
                    Parts.panel("log", "Log", log.join(), EventPages::lines)));
  }

  private static Html search(String type, String words) {
    return tag(
        "form",
        cls("picker"),
        attr("method", "get"),
        attr("action", "/console/events"),
        attr("aria-label", "Search"),
        tag(
            "label",
            "Events whose type begins with ",
            tag("input", attr("type", "text"), attr("name", "type"), attr("value", type))),
        tag(
            "label",
            " log lines that contain ",
            tag("input", attr("type", "text"), attr("name", "contains"), attr("value", words))),
        tag("button", attr("type", "submit"), "Search"));
  }

  private static Html filter(String panel, String label) {
    return tag(
        "p",
        cls("filter"),
        tag("label", attr("for", "filter-" + panel), label),
        tag(
            "input",
            attr("type", "search"),
            attr("id", "filter-" + panel),
            attr("data-filter", panel),
            attr("autocomplete", "off")));
  }

  /** Events as a table; the newest first. */
  static Html table(List<?> events) {
    List<List<Object>> rows = new ArrayList<>();
    for (Shape event : Shape.list(events)) {
      String trace = event.shape("details").text("trace");
      rows.add(
          List.of(
              Parts.time(event.time("at")),
              Parts.state(event.text("severity").toLowerCase(Locale.ROOT)),
              event.text("type"),
              event.text("subject"),
              event.text("sentence"),
              trace.isEmpty() ? nothing() : tag("code", trace)));
    }
    return rows.isEmpty()
        ? tag("p", "Nothing.")
        : Parts.table(
            "Events, the newest first",
            List.of("At", "Severity", "Type", "About", "What", "Trace"),
            rows);
  }

  /** Lines of the log, the newest first. */
  static Html lines(Asked asked) {
    List<List<Object>> rows = new ArrayList<>();
    for (Shape line : Shape.list(asked.value())) {
      rows.add(
          List.of(
              line.text("at"),
              Parts.state(line.text("level").toLowerCase(Locale.ROOT)),
              line.text("text"),
              line.text("trace").isEmpty() ? nothing() : tag("code", line.text("trace"))));
    }
    return rows.isEmpty()
        ? tag("p", "Nothing.")
        : Parts.table("Log lines, the newest first", List.of("At", "Level", "Line", "Trace"), rows);
  }
}
