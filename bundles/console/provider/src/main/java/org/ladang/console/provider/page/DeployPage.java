package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.all;
import static org.ladang.console.provider.page.Html.attr;
import static org.ladang.console.provider.page.Html.cls;
import static org.ladang.console.provider.page.Html.flag;
import static org.ladang.console.provider.page.Html.nothing;
import static org.ladang.console.provider.page.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Role;

/** Where a jar is dropped, and what came of it; generations with their differences and the way back. */
final class DeployPage {
  private DeployPage() {}

  static CompletionStage<Html> content(Visit visit) {
    CompletableFuture<Asked> inbox = visit.ask("deploy:list");
    CompletableFuture<Asked> history = visit.ask("deploy:history", "limit", 30);
    CompletableFuture<Asked> generations =
        visit.has("deploy:generations")
            ? visit.ask("deploy:generations")
            : CompletableFuture.completedFuture(null);
    CompletableFuture<Asked> difference = difference(visit);
    return CompletableFuture.allOf(inbox, history, generations, difference)
        .thenApply(
            none ->
                all(
                    difference.join() == null
                        ? nothing()
                        : Parts.panel(
                            "difference",
                            "From generation "
                                + visit.parameter("from").orElse("")
                                + " to "
                                + visit.parameter("to").orElse(""),
                            difference.join(),
                            asked ->
                                asked.value() instanceof List<?> list && list.isEmpty()
                                    ? tag("p", "They name the same bundles.")
                                    : Parts.value("What differs", asked.value())),
                    drop(visit),
                    Parts.panel("pipeline", "Pipeline", history.join(), DeployPage::pipeline),
                    Parts.panel(
                        "inbox",
                        "Inbox",
                        inbox.join(),
                        asked -> Parts.value("Files of the inbox", asked.value())),
                    generations.join() == null
                        ? nothing()
                        : Parts.panel(
                            "generations",
                            "Generations",
                            generations.join(),
                            asked -> generations(visit, asked)),
                    others(visit)));
  }

  /** What differs between two generations; null where nobody asked for it. */
  private static CompletableFuture<Asked> difference(Visit visit) {
    try {
      long from = Long.parseLong(visit.parameter("from").orElse(""));
      long to = Long.parseLong(visit.parameter("to").orElse(""));
      return visit.ask("deploy:diff", "from", from, "to", to);
    } catch (NumberFormatException none) {
      return CompletableFuture.completedFuture(null);
    }
  }

  private static Html drop(Visit visit) {
    boolean may = visit.may(Role.OPERATOR);
    return tag(
        "section",
        cls("panel"),
        attr("aria-labelledby", "drop-title"),
        tag("h2", attr("id", "drop-title"), "Drop a jar"),
        tag(
            "div",
            attr("id", "drop"),
            cls("drop"),
            flag("data-off", !may),
            tag("label", attr("for", "jar"), "Drag a jar onto this page, or choose one: "),
            tag(
                "input",
                attr("type", "file"),
                attr("id", "jar"),
                attr("accept", ".jar"),
                flag("disabled", !may)),
            may ? nothing() : tag("small", "needs OPERATOR; you are " + visit.principal().role())),
        tag("div", attr("id", "dropped"), attr("role", "status"), attr("aria-live", "polite")),
        Parts.command("cp your.jar $LADANG_HOME/deploy/"));
  }

  private static Html pipeline(Asked asked) {
    List<Html> lines = Shape.list(asked.value()).stream().map(DeployPage::attempt).toList();
    return lines.isEmpty() ? tag("p", "Nothing was deployed yet.") : Parts.timeline(lines);
  }

  static Html attempt(Shape attempt) {
    List<Html> steps = new ArrayList<>();
    for (Shape step : attempt.shapes("steps")) {
      steps.add(
          tag(
              "li",
              tag("span", attr("aria-hidden", "true"), "✓ "),
              step.text("name") + " " + step.whole("millis") + " ms"));
    }
    return tag(
        "li",
        tag(
            "p",
            Parts.time(attempt.time("at")),
            " ",
            Parts.state(attempt.text("outcome").toLowerCase(java.util.Locale.ROOT)),
            " ",
            tag("strong", (attempt.text("name") + " " + attempt.text("version")).strip()),
            " ",
            attempt.text("file"),
            " by " + attempt.text("author")),
        tag("p", attempt.text("sentence"), " ", attempt.text("next")),
        tag("ol", cls("steps"), steps));
  }

  private static Html generations(Visit visit, Asked asked) {
    List<Object> parts = new ArrayList<>();
    List<Shape> list =
        asked.value() instanceof List<?>
            ? Shape.list(asked.value())
            : asked.shape().shapes("generations");
    String present =
        list.stream()
            .filter(generation -> generation.yes("present"))
            .map(DeployPage::number)
            .findFirst()
            .orElse("");
    for (Shape generation : list.stream().limit(30).toList()) {
      String number = number(generation);
      parts.add(
          tag(
              "details",
              tag("summary", "Generation " + number + " ", generation.text("at")),
              Parts.value("Generation " + number, generation.members()),
              tag(
                  "p",
                  cls("buttons"),
                  generation.yes("present")
                      ? "It runs now."
                      : all(
                          tag(
                              "a",
                              cls("button"),
                              attr(
                                  "href",
                                  "/console/deploy?from="
                                      + Parts.segment(present)
                                      + "&to="
                                      + Parts.segment(number)),
                              "What going back to " + number + " would change"),
                          " ",
                          Parts.button(
                              visit,
                              "Roll back to generation " + number,
                              "deploy:rollback",
                              back(visit, number))))));
    }
    return parts.isEmpty() ? Parts.value("Generations", asked.value()) : all(parts);
  }

  private static String number(Shape generation) {
    return generation.has("number") ? generation.text("number") : generation.text("generation");
  }

  /** The argument by which this runtime's rollback is told where to. */
  private static Map<String, Object> back(Visit visit, String number) {
    String name =
        visit
            .action("deploy:rollback")
            .map(ActionInfo::arguments)
            .map(
                schema ->
                    Shape.of(schema).shape("properties").members().entrySet().stream()
                        .filter(e -> "integer".equals(Shape.of(e.getValue()).text("type")))
                        .map(e -> String.valueOf(e.getKey()))
                        .findFirst()
                        .orElse("generation"))
            .orElse("generation");
    try {
      return Map.of(name, Long.parseLong(number));
    } catch (NumberFormatException other) {
      return Map.of(name, number);
    }
  }

  /** Whatever else the room can be asked. */
  private static Html others(Visit visit) {
    return ActionPages.forms(visit, "deploy", "More that can be asked of deploy");
  }
}
