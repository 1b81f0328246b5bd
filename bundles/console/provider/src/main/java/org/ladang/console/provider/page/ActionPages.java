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
import org.ladang.kernel.action.ActionInfo;

/** All that can be asked: the list of actions, and a form for each. */
final class ActionPages {
  private ActionPages() {}

  static Html index(Visit visit) {
    List<List<Object>> rows = new ArrayList<>();
    for (ActionInfo action : visit.actions()) {
      rows.add(
          List.of(
              Parts.link(address(action), action.id()),
              action.description(),
              visit.may(action.role())
                  ? action.role().name()
                  : action.role() + "; you are " + visit.principal().role(),
              action.effect().name().toLowerCase(Locale.ROOT)));
    }
    return all(
        tag(
            "p",
            cls("filter"),
            tag("label", attr("for", "filter-actions"), "Filter actions "),
            tag(
                "input",
                attr("type", "search"),
                attr("id", "filter-actions"),
                attr("data-filter", "actions"),
                attr("autocomplete", "off"))),
        Parts.panel(
            "actions",
            "Actions",
            Parts.table(
                rows.size() + " actions",
                List.of("Action", "What it does", "Role", "Effect"),
                rows),
            tag(
                "p",
                "The same for programs: ",
                tag("a", attr("href", "/api/v1/openapi.json"), "OpenAPI 3.1")),
            Parts.command("ladang shell help")));
  }

  static Optional<Html> one(Visit visit) {
    return visit
        .action(visit.path("owner") + ":" + visit.path("action"))
        .map(
            action -> {
              Map<String, String> given = new LinkedHashMap<>();
              Shape.of(action.arguments())
                  .shape("properties")
                  .members()
                  .keySet()
                  .forEach(
                      name ->
                          visit
                              .parameter(String.valueOf(name))
                              .ifPresent(value -> given.put(String.valueOf(name), value)));
              return tag("section", cls("panel"), ActionForm.of(visit, action, given));
            });
  }

  /** A form for each action of a room or plugin, folded away. */
  static Html forms(Visit visit, String owner, String title) {
    List<Html> forms = new ArrayList<>();
    visit.actions().stream()
        .filter(action -> action.owner().equals(owner))
        .forEach(
            action ->
                forms.add(
                    tag(
                        "details",
                        tag("summary", action.id()),
                        ActionForm.of(visit, action, Map.of()))));
    return forms.isEmpty()
        ? nothing()
        : tag(
            "section",
            cls("panel"),
            attr("aria-labelledby", "forms-" + owner),
            tag("h2", attr("id", "forms-" + owner), title),
            all(forms));
  }

  private static String address(ActionInfo action) {
    return "/console/actions/" + Parts.segment(action.owner()) + "/" + Parts.segment(action.name());
  }
}
