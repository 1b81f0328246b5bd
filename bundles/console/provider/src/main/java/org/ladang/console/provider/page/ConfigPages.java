package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.all;
import static org.ladang.console.provider.page.Html.attr;
import static org.ladang.console.provider.page.Html.cls;
import static org.ladang.console.provider.page.Html.flag;
import static org.ladang.console.provider.page.Html.nothing;
import static org.ladang.console.provider.page.Html.tag;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ladang.kernel.action.Role;

/** What can be configured, which layer won, what changed and how it is taken back. */
final class ConfigPages {
  private ConfigPages() {}

  static CompletionStage<Html> index(Visit visit) {
    CompletableFuture<Asked> list = visit.ask("config:list");
    CompletableFuture<Asked> history = visit.ask("config:history", "limit", 50);
    return CompletableFuture.allOf(list, history)
        .thenApply(
            none ->
                all(
                    Parts.panel("pids", "What can be set", list.join(), ConfigPages::pids),
                    Parts.panel(
                        "history", "History", history.join(), asked -> history(visit, asked, "")),
                    ActionPages.forms(visit, "config", "More that can be asked of config")));
  }

  private static Html pids(Asked asked) {
    List<List<Object>> rows = new ArrayList<>();
    for (Shape pid : Shape.list(asked.value())) {
      rows.add(
          List.of(
              Parts.link("/console/config/" + Parts.segment(pid.text("pid")), pid.text("name")),
              pid.text("title"),
              pid.texts("layers").isEmpty() ? "DEFAULT" : String.join(", ", pid.texts("layers")),
              pid.whole("problems")));
    }
    return Parts.table("Configurations", List.of("Name", "Title", "Layers", "Problems"), rows);
  }

  static CompletionStage<Html> one(Visit visit) {
    String pid = visit.path("pid");
    CompletableFuture<Asked> schema = visit.ask("config:describe", "pid", pid);
    CompletableFuture<Asked> values = visit.ask("config:get", "pid", pid);
    CompletableFuture<Asked> history = visit.ask("config:history", "limit", 200);
    return CompletableFuture.allOf(schema, values, history)
        .thenApply(
            none ->
                all(
                    Parts.panel(
                        "values",
                        "Values",
                        values.join(),
                        asked -> values(visit, pid, schema.join().shape(), asked.shape())),
                    Parts.panel(
                        "history", "History", history.join(), asked -> history(visit, asked, pid)),
                    Parts.command(schema.join().command())));
  }

  private static Html values(Visit visit, String pid, Shape schema, Shape effective) {
    Map<String, Shape> settings = new HashMap<>();
    schema.shapes("settings").forEach(setting -> settings.put(setting.text("key"), setting));
    List<Object> parts = new ArrayList<>();
    effective
        .texts("problems")
        .forEach(problem -> parts.add(tag("p", Parts.state("warning"), " ", problem)));
    parts.add(tag("p", schema.text("description")));
    boolean may = visit.may(Role.ADMIN);
    for (Shape value : effective.shapes("values")) {
      String key = value.text("key");
      Shape setting = settings.getOrDefault(key, Shape.of(Map.of()));
      String id = "set-" + key.replaceAll("[^A-Za-z0-9]", "-");
      boolean runtime = value.text("layer").equals("RUNTIME");
      parts.add(
          tag(
              "form",
              cls("setting"),
              attr("data-set", pid),
              attr("data-key", key),
              attr("data-type", setting.text("type")),
              attr("data-many", setting.yes("many")),
              tag("label", attr("for", id), key),
              control(id, setting, value, may),
              tag("span", cls("mark"), "layer " + value.text("layer")),
              tag(
                  "small",
                  attr("id", id + "-help"),
                  setting.text("description"),
                  " ",
                  value.text("origin")),
              tag(
                  "span",
                  cls("buttons"),
                  tag(
                      "button",
                      attr("type", "submit"),
                      cls("plain"),
                      flag("disabled", !may),
                      "Set ",
                      tag("span", cls("hidden"), key)),
                  runtime
                      ? Parts.button(
                          visit, "Take back " + key, "config:reset", Map.of("pid", pid, "key", key))
                      : nothing(),
                  may
                      ? nothing()
                      : tag("small", "needs ADMIN; you are " + visit.principal().role())),
              Parts.command(
                  Command.of(
                      "config:set",
                      new java.util.TreeMap<>(Map.of("pid", pid, "key", key, "value", "…"))))));
    }
    return all(parts);
  }

  private static Html control(String id, Shape setting, Shape value, boolean may) {
    String text =
        value.members().get("value") instanceof List<?> list
            ? JsonText.of(list)
            : value.text("value");
    List<Object> common =
        List.of(
            attr("id", id),
            attr("name", "value"),
            attr("aria-describedby", id + "-help"),
            flag("disabled", !may));
    List<String> options =
        setting.text("type").equals("BOOLEAN")
            ? List.of("true", "false")
            : setting.shapes("options").stream().map(option -> option.text("value")).toList();
    if (!options.isEmpty() && !setting.yes("many")) {
      List<Html> choices =
          options.stream()
              .map(o -> tag("option", attr("value", o), flag("selected", o.equals(text)), o))
              .toList();
      return tag("select", with(common, choices));
    }
    return tag(
        "input",
        with(
            common,
            List.of(
                attr("type", setting.yes("secret") ? "password" : "text"),
                attr("autocomplete", "off"),
                attr("value", setting.yes("secret") ? "" : text))));
  }

  private static Object[] with(List<Object> first, List<?> more) {
    List<Object> all = new ArrayList<>(first);
    all.addAll(more);
    return all.toArray();
  }

  private static Html history(Visit visit, Asked asked, String pid) {
    List<Html> lines = new ArrayList<>();
    for (Shape revision : Shape.list(asked.value())) {
      List<Shape> changes = revision.shapes("changes");
      boolean about = pid.isEmpty() || changes.stream().anyMatch(c -> c.text("pid").equals(pid));
      if (!about) {
        continue;
      }
      List<Html> diff = new ArrayList<>();
      for (Shape change : changes) {
        diff.add(
            tag(
                "li",
                change.text("pid") + " " + change.text("key") + ": ",
                tag("del", change.has("before") ? change.text("before") : "not set"),
                " → ",
                tag("ins", change.has("after") ? change.text("after") : "not set")));
      }
      lines.add(
          tag(
              "li",
              tag(
                  "p",
                  Parts.time(revision.time("at")),
                  " revision " + revision.text("number") + " by " + revision.text("author") + " ",
                  revision.text("reason")),
              tag("ul", diff),
              Parts.button(
                  visit,
                  "Undo revision " + revision.text("number"),
                  "config:undo",
                  Map.of(undoArgument(visit), revision.whole("number")))));
    }
    return lines.isEmpty() ? tag("p", "Nothing was changed while it ran.") : Parts.timeline(lines);
  }

  private static String undoArgument(Visit visit) {
    return visit
        .action("config:undo")
        .flatMap(
            action ->
                Shape.of(action.arguments()).shape("properties").members().keySet().stream()
                    .map(String::valueOf)
                    .findFirst())
        .orElse("revision");
  }
}
