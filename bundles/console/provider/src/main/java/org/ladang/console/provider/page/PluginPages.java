package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.all;
import static org.ladang.console.provider.page.Html.attr;
import static org.ladang.console.provider.page.Html.cls;
import static org.ladang.console.provider.page.Html.nothing;
import static org.ladang.console.provider.page.Html.tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All plugins, and one of them with all that is known of it. */
final class PluginPages {
  private static final List<String> ORDERS =
      List.of("start", "stop", "restart", "quarantine", "release", "remove");

  private static final int MOST = 5_000;

  private PluginPages() {}

  static CompletionStage<Html> index(Visit visit) {
    CompletableFuture<Asked> plugins = visit.ask("plugin:list");
    CompletableFuture<Asked> present = visit.ask("telemetry:now");
    CompletableFuture<Asked> restarts = PluginTable.restarts(visit);
    return CompletableFuture.allOf(plugins, present, restarts)
        .thenApply(
            none ->
                PluginTable.panel(visit, plugins.join(), present.join(), restarts.join(), MOST));
  }

  static CompletionStage<Html> one(Visit visit) {
    String name = visit.path("name");
    CompletableFuture<Asked> info = visit.ask("plugin:info", "name", name);
    CompletableFuture<Asked> why = visit.ask("plugin:why", "name", name);
    CompletableFuture<Asked> history = visit.ask("deploy:history", "limit", 500);
    CompletableFuture<Asked> events = visit.ask("ladang:events", "limit", 500);
    CompletableFuture<Asked> log =
        visit.has("console:log")
            ? visit.ask("console:log", "contains", name, "limit", 50)
            : CompletableFuture.completedFuture(null);
    return CompletableFuture.allOf(info, why, history, events, log)
        .thenApply(
            none ->
                one(
                    visit,
                    name,
                    info.join(),
                    why.join(),
                    history.join(),
                    events.join(),
                    log.join()));
  }

  private static Html one(
      Visit visit, String name, Asked info, Asked why, Asked history, Asked events, Asked log) {
    TimeRange range = TimeRange.of(visit);
    Map<String, String> series = new LinkedHashMap<>();
    series.put(name + ".calls", "Calls per second");
    series.put(name + ".errors", "Errors per second");
    series.put(name + ".p95", "Latency, p95 in ms");
    return all(
        Parts.panel("why", "How it is", why, asked -> Parts.paragraphs(sentences(asked))),
        orders(visit, name),
        Parts.panel("passport", "Passport", info, asked -> passport(asked.shape())),
        tag(
            "section",
            cls("panel"),
            attr("aria-labelledby", "charts-title"),
            tag("h2", attr("id", "charts-title"), "Calls"),
            range.picker("/console/plugins/" + Parts.segment(name)),
            Charts.of(range, series)),
        forms(visit, name),
        Parts.panel("history", "History", history, asked -> history(name, asked)),
        Parts.panel("events", "Events", events, asked -> events(name, asked)),
        log == null
            ? nothing()
            : Parts.panel("log", "Log lines that name it", log, EventPages::lines));
  }

  private static List<String> sentences(Asked asked) {
    return asked.value() instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of(Parts.text(asked.value()));
  }

  private static Html orders(Visit visit, String name) {
    List<Html> buttons =
        ORDERS.stream()
            .map(
                order ->
                    Parts.button(
                        visit,
                        Character.toUpperCase(order.charAt(0)) + order.substring(1),
                        "plugin:" + order,
                        Map.of("name", name)))
            .toList();
    return Parts.panel(
        "orders",
        "Orders",
        tag("p", cls("buttons"), buttons),
        Parts.command(Command.of("plugin:stop", Map.of("name", name))));
  }

  private static Html passport(Shape info) {
    List<Object> parts = new ArrayList<>();
    for (String key : List.of("title", "version", "publisher", "bundle", "file", "lazy")) {
      parts.add(tag("dt", key));
      parts.add(tag("dd", info.text(key)));
    }
    parts.add(tag("dt", "state"));
    parts.add(
        tag("dd", Parts.state(info.text("state")), " since ", Parts.time(info.time("since"))));
    parts.add(tag("dt", "health"));
    parts.add(tag("dd", Parts.state(info.text("health"))));
    parts.add(tag("dt", "needs"));
    parts.add(tag("dd", Parts.text(info.members().get("requirements"))));
    parts.add(tag("dt", "needed by"));
    parts.add(tag("dd", info.texts("neededBy").stream().map(Parts::plugin).toList()));
    return tag("dl", parts);
  }

  private static Html forms(Visit visit, String name) {
    List<Html> forms = new ArrayList<>();
    visit.actions().stream()
        .filter(action -> action.owner().equals(name))
        .forEach(
            action ->
                forms.add(
                    tag(
                        "details",
                        tag("summary", action.id()),
                        ActionForm.of(visit, action, Map.of()))));
    return tag(
        "section",
        cls("panel"),
        attr("aria-labelledby", "actions-title"),
        tag("h2", attr("id", "actions-title"), "Actions"),
        forms.isEmpty() ? tag("p", "It declares none.") : all(forms));
  }

  private static Html history(String name, Asked asked) {
    List<Html> lines = new ArrayList<>();
    Shape.list(asked.value()).stream()
        .filter(attempt -> attempt.text("name").equals(name))
        .limit(50)
        .forEach(attempt -> lines.add(DeployPage.attempt(attempt)));
    return lines.isEmpty() ? tag("p", "Nothing.") : Parts.timeline(lines);
  }

  private static Html events(String name, Asked asked) {
    List<Object> about =
        Shape.list(asked.value()).stream()
            .filter(event -> event.text("subject").equals(name))
            .limit(50)
            .map(event -> (Object) event.members())
            .toList();
    return EventPages.table(about);
  }
}
