package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.all;
import static org.ladang.console.provider.page.Html.attr;
import static org.ladang.console.provider.page.Html.cls;
import static org.ladang.console.provider.page.Html.nothing;
import static org.ladang.console.provider.page.Html.tag;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The first page: is it healthy, what is not, since when, why, what did Ladang do about it, what should I do? */
final class OverviewPage {
  private static final int MOST_NEEDS = 50;
  private static final int MOST_CHANGES = 40;

  /** More rows would weigh too much for a first page. */
  private static final int MOST_PLUGINS = 200;

  private final FirstSeen seen = new FirstSeen();

  CompletionStage<Html> content(Visit visit) {
    return Facts.of(visit).thenApply(facts -> content(visit, facts));
  }

  private Html content(Visit visit, Facts facts) {
    List<Need> needs = Attention.of(facts, visit.now(), seen);
    Verdict verdict = Verdict.of(facts, needs);
    TimeRange range = TimeRange.of(visit);
    return all(
        tag(
            "p",
            cls("verdict " + Parts.tone(verdict.word())),
            attr("id", "verdict"),
            attr("data-panel", "verdict"),
            Parts.mark(verdict.word()),
            tag("span", verdict.sentence())),
        attention(visit, needs),
        changed(visit, facts, range),
        PluginTable.panel(visit, facts.plugins(), facts.present(), facts.restarts(), MOST_PLUGINS),
        capacity(facts),
        system(facts));
  }

  private static Html attention(Visit visit, List<Need> needs) {
    List<Html> items = needs.stream().limit(MOST_NEEDS).map(need -> item(visit, need)).toList();
    return Parts.panel(
        "attention",
        "Needs attention",
        items.isEmpty() ? tag("p", "Nothing.") : tag("ol", cls("needs"), items),
        needs.size() > MOST_NEEDS
            ? tag("p", "And " + (needs.size() - MOST_NEEDS) + " more.")
            : nothing(),
        Parts.command("ladang shell ladang:status"),
        Parts.command("ladang shell health:run"));
  }

  private static Html item(Visit visit, Need need) {
    List<Html> steps = new ArrayList<>();
    for (Need.Step step : need.steps()) {
      steps.add(
          step.action().isEmpty()
              ? tag("a", cls("button"), attr("href", step.address()), step.label())
              : Parts.button(visit, step.label(), step.action(), step.arguments()));
    }
    return tag(
        "li",
        cls(need.bad() ? "bad" : "warn"),
        tag(
            "p",
            Parts.state(need.bad() ? "unhealthy" : "degraded"),
            " ",
            tag("strong", need.subject()),
            need.since().isPresent() ? all(" since ", Parts.time(need.since())) : nothing()),
        tag("p", need.cause()),
        need.done().isEmpty() ? nothing() : tag("p", need.done()),
        need.advice().isEmpty() ? nothing() : tag("p", need.advice()),
        tag("p", cls("buttons"), steps));
  }

  private static Html changed(Visit visit, Facts facts, TimeRange range) {
    List<Change> changes = new ArrayList<>();
    for (Shape attempt : Shape.list(facts.history().value())) {
      attempt
          .time("at")
          .ifPresent(
              at ->
                  changes.add(
                      new Change(
                          at,
                          attempt.text("outcome"),
                          attempt.text("sentence"),
                          "/console/deploy")));
    }
    for (Shape revision : Shape.list(facts.config().value())) {
      revision.time("at").ifPresent(at -> changes.add(revision(at, revision)));
    }
    for (Shape event : Shape.list(facts.events().value())) {
      String type = event.text("type");
      boolean told =
          type.startsWith("deploy.")
              || type.equals("config.changed")
              || type.equals("actions.changed");
      if (!told) {
        event
            .time("at")
            .ifPresent(
                at ->
                    changes.add(
                        new Change(
                            at,
                            event.text("severity"),
                            event.text("sentence"),
                            "/console/events")));
      }
    }
    changes.removeIf(change -> !range.holds(Optional.of(change.at())));
    changes.sort(Comparator.comparing(Change::at).reversed());
    List<Html> lines = changes.stream().limit(MOST_CHANGES).map(Change::line).toList();
    Map<String, String> series = new LinkedHashMap<>();
    series.put("gate.calls", "Calls per second");
    series.put("gate.errors", "Errors per second");
    series.put("gate.p95", "Latency, p95 in ms");
    series.put("jvm.cpu", "Load, CPU cores");
    return tag(
        "section",
        cls("panel"),
        attr("id", "changed"),
        attr("aria-labelledby", "changed-title"),
        tag("h2", attr("id", "changed-title"), "What changed"),
        range.picker("/console"),
        tag(
            "p",
            "From ",
            Parts.time(Optional.of(range.from())),
            " to ",
            Parts.time(Optional.of(range.to()))),
        visit.has("telemetry:read")
            ? Charts.of(range, series)
            : tag("p", "The room telemetry does not serve, so there are no charts."),
        tag(
            "div",
            attr("data-panel", "timeline"),
            attr(
                "data-marks",
                JsonText.of(changes.stream().limit(MOST_CHANGES).map(Change::mark).toList())),
            lines.isEmpty() ? tag("p", "Nothing in this time.") : Parts.timeline(lines)),
        Parts.command("ladang shell deploy:history"),
        Parts.command("ladang shell config:history"),
        Parts.command("ladang shell ladang:events"));
  }

  private static Change revision(Instant at, Shape revision) {
    List<String> keys =
        revision.shapes("changes").stream().map(c -> c.text("pid") + " " + c.text("key")).toList();
    return new Change(
        at,
        "CONFIG",
        revision.text("author") + " changed " + String.join(", ", keys) + ".",
        "/console/config");
  }

  private record Change(Instant at, String word, String sentence, String address) {
    Html line() {
      return tag(
          "li",
          Parts.time(Optional.of(at)),
          " ",
          Parts.state(word.toLowerCase(Locale.ROOT)),
          " ",
          tag("a", attr("href", address), Plain.words(sentence)));
    }

    Map<String, Object> mark() {
      return Map.of("at", at.toEpochMilli() / 1000.0, "tone", Parts.tone(word));
    }
  }

  private static Html capacity(Facts facts) {
    Shape gauges = facts.present().shape().shape("gauges");
    List<Object> bars = new ArrayList<>();
    if (gauges.has("disk.used_percent")) {
      double used = gauges.number("disk.used_percent");
      bars.add(
          Parts.bar(
              "Disk",
              used,
              100,
              85,
              String.format(
                  Locale.ROOT, "%.0f %%, %,.0f MiB free", used, gauges.number("disk.free_mib"))));
    }
    if (gauges.has("jvm.heap_max_mib")) {
      double max = gauges.number("jvm.heap_max_mib");
      double used = gauges.number("jvm.heap_mib");
      bars.add(
          Parts.bar(
              "Heap",
              used,
              max,
              max * 0.85,
              String.format(Locale.ROOT, "%,.0f of %,.0f MiB", used, max)));
    }
    bars.addAll(shards(facts));
    if (gauges.has("jvm.threads")) {
      bars.add(
          tag("p", String.format(Locale.ROOT, "Threads: %,.0f", gauges.number("jvm.threads"))));
    }
    if (bars.isEmpty()) {
      bars.add(tag("p", "The first figures come ten seconds after the start."));
    }
    return Parts.panel(
        "capacity",
        "Capacity",
        bars,
        Parts.command(facts.present().command()),
        Parts.command(facts.shards().command()),
        Parts.command(facts.load().command()));
  }

  private static List<Html> shards(Facts facts) {
    List<Html> bars = new ArrayList<>();
    List<Shape> shards = Shape.list(facts.shards().value());
    if (!shards.isEmpty()) {
      long good = shards.stream().filter(s -> Parts.tone(s.text("state")).equals("good")).count();
      double bytes = shards.stream().mapToDouble(s -> Math.max(0, s.number("bytes"))).sum();
      double rows = shards.stream().mapToDouble(s -> Math.max(0, s.number("rows"))).sum();
      bars.add(
          tag(
              "p",
              String.format(
                  Locale.ROOT,
                  "Shards: %d of %d serve, %,.0f rows, %s",
                  good,
                  shards.size(),
                  rows,
                  Parts.bytes(bytes))));
    }
    Shape load = facts.load().shape();
    if (load.has("permits")) {
      double permits = load.number("permits");
      double busy = load.number("busy");
      bars.add(
          Parts.bar(
              "Pools",
              busy,
              permits,
              permits * 0.85,
              String.format(
                  Locale.ROOT, "%.0f of %.0f permits of the shards taken", busy, permits)));
    }
    return bars;
  }

  private static Html system(Facts facts) {
    return Parts.panel(
        "system",
        "System",
        facts.status(),
        asked -> {
          Shape status = asked.shape();
          List<Object> parts = new ArrayList<>();
          parts.addAll(term("Ladang", status.text("version")));
          parts.addAll(term("Java", status.text("java")));
          parts.addAll(term("Node", status.text("node")));
          parts.addAll(term("Generation", status.text("generation")));
          parts.addAll(term("Uptime", Durations.words(status.text("uptime"))));
          parts.addAll(term("Rooms", status.text("subsystems")));
          parts.addAll(term("Heap", status.text("heapMiB") + " MiB"));
          return tag("dl", cls("strip"), parts);
        });
  }

  private static List<Html> term(String name, String value) {
    return List.of(tag("dt", name), tag("dd", value));
  }
}
