package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.attr;
import static org.ladang.console.provider.page.Html.cls;
import static org.ladang.console.provider.page.Html.flag;
import static org.ladang.console.provider.page.Html.nothing;
import static org.ladang.console.provider.page.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Effect;

/** A form for an action, made from the schema of its arguments; the script sends it and shows what came. */
final class ActionForm {
  private ActionForm() {}

  /**
   * The form.
   *
   * @param given values to begin with, by argument
   */
  static Html of(Visit visit, ActionInfo action, Map<String, String> given) {
    String id = "form-" + action.owner() + "-" + action.name();
    boolean may = visit.may(action.role());
    Shape schema = Shape.of(action.arguments());
    List<String> required = schema.texts("required");
    List<Object> fields = new ArrayList<>();
    schema
        .shape("properties")
        .members()
        .forEach(
            (name, property) ->
                fields.add(
                    field(
                        id + "-" + name,
                        String.valueOf(name),
                        Shape.of(property),
                        required.contains(String.valueOf(name)),
                        given.getOrDefault(String.valueOf(name), ""))));
    return tag(
        "form",
        cls("action"),
        attr("id", id),
        attr("data-form", action.owner() + "/" + action.name()),
        attr("data-effect", action.effect()),
        attr("data-describes", action.description()),
        Parts.dryRun(action).map(name -> (Object) attr("data-dry-run", name)).orElse(nothing()),
        tag("p", action.description()),
        tag(
            "p",
            cls("marks"),
            tag("span", cls("mark"), "role " + action.role()),
            " ",
            tag("span", cls("mark"), effect(action)),
            " ",
            tag("span", cls("mark"), "at most " + action.timeout().toSeconds() + " s")),
        tag("div", cls("fields"), fields),
        tag(
            "div",
            cls("buttons"),
            tag(
                "button",
                attr("type", "submit"),
                cls(action.effect() == Effect.DANGER ? "danger" : "plain"),
                flag("disabled", !may),
                action.effect() == Effect.READ ? "Ask" : "Do it"),
            may
                ? nothing()
                : tag("small", "needs " + action.role() + "; you are " + visit.principal().role())),
        tag(
            "p",
            cls("command"),
            tag("code", attr("data-shell", ""), "ladang shell " + action.id()),
            tag(
                "button",
                attr("type", "button"),
                cls("copy"),
                attr("data-copy-shell", ""),
                "Copy as shell command")),
        tag(
            "p",
            cls("command"),
            tag("code", attr("data-curl", ""), "curl"),
            tag(
                "button",
                attr("type", "button"),
                cls("copy"),
                attr("data-copy-curl", ""),
                "Copy as curl")),
        tag(
            "div",
            cls("result"),
            attr("data-result", ""),
            attr("role", "status"),
            attr("aria-live", "polite")));
  }

  private static String effect(ActionInfo action) {
    return switch (action.effect()) {
      case READ -> "reads";
      case CHANGE -> "changes";
      case DANGER -> "dangerous: asks once";
    };
  }

  private static Html field(
      String id, String name, Shape property, boolean required, String given) {
    String type = property.text("type");
    String help = id + "-help";
    List<Object> common = new ArrayList<>();
    common.add(attr("id", id));
    common.add(attr("name", name));
    common.add(attr("data-type", type.isEmpty() ? "any" : type));
    common.add(attr("aria-describedby", help));
    common.add(flag("required", required));
    Html control;
    if (!property.texts("enum").isEmpty() || type.equals("boolean")) {
      List<String> values =
          type.equals("boolean") ? List.of("false", "true") : property.texts("enum");
      control = choice(common, values, required, given);
    } else if (type.equals("array") || type.equals("object")) {
      common.add(attr("rows", 2));
      common.add(attr("placeholder", type.equals("array") ? "one a line, or JSON" : "{}"));
      common.add(given);
      control = tag("textarea", common);
    } else {
      boolean whole = type.equals("integer");
      boolean secret = name.toLowerCase(java.util.Locale.ROOT).contains("password");
      common.add(
          attr("type", secret ? "password" : whole || type.equals("number") ? "number" : "text"));
      common.add(type.equals("number") ? attr("step", "any") : nothing());
      common.add(attr("autocomplete", secret ? "new-password" : "off"));
      common.add(attr("value", given));
      control = tag("input", common);
    }
    return tag(
        "div",
        cls("field"),
        tag("label", attr("for", id), name, required ? " (needed)" : ""),
        control,
        tag("small", attr("id", help), property.text("description")));
  }

  private static Html choice(
      List<Object> common, List<String> values, boolean required, String given) {
    List<Object> parts = new ArrayList<>(common);
    if (!required) {
      parts.add(tag("option", attr("value", ""), "not given"));
    }
    for (String value : values) {
      parts.add(tag("option", attr("value", value), flag("selected", value.equals(given)), value));
    }
    return tag("select", parts);
  }
}
