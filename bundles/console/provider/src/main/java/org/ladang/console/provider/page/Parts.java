package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.all;
import static org.ladang.console.provider.page.Html.attr;
import static org.ladang.console.provider.page.Html.cls;
import static org.ladang.console.provider.page.Html.flag;
import static org.ladang.console.provider.page.Html.nothing;
import static org.ladang.console.provider.page.Html.tag;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Effect;

/** What pages are made of. */
final class Parts {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z");

  private static final Map<String, String> MARKS =
      Map.of("good", "✓", "warn", "▲", "bad", "✕", "calm", "■");

  private Parts() {}

  static Html time(Optional<Instant> at) {
    return at.map(t -> tag("time", attr("datetime", t), TIME.format(t))).orElse(nothing());
  }

  static String timeText(Instant at) {
    return TIME.format(at);
  }

  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static Html link(String address, Object... text) {
    return tag("a", attr("href", address), List.of(text));
  }

  static Html plugin(String name) {
    return link("/console/plugins/" + segment(name), name);
  }

  /** A state: a mark, a word and a colour, never a colour alone. */
  static Html state(String word) {
    String tone = tone(word);
    return tag(
        "span",
        cls("state " + tone),
        tag("span", attr("aria-hidden", "true"), MARKS.get(tone) + " "),
        word);
  }

  /** The mark of a state, for where its word follows anyway. */
  static Html mark(String word) {
    String tone = tone(word);
    return tag("span", cls("state " + tone), attr("aria-hidden", "true"), MARKS.get(tone) + " ");
  }

  static String tone(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    if (List.of("ACTIVE", "HEALTHY", "LIVE", "OK", "READY (LAZY)", "READY", "CLOSED", "UP")
        .contains(upper)) {
      return "good";
    }
    if (List.of(
            "REFUSED",
            "STUCK",
            "UNHEALTHY",
            "ERROR",
            "DAMAGED",
            "LOST",
            "QUARANTINED",
            "FAILED",
            "OPEN",
            "FORCED OPEN",
            "EJECTED",
            "DOWN")
        .contains(upper)) {
      return "bad";
    }
    return List.of("STOPPED", "REMOVED", "INFO").contains(upper) ? "calm" : "warn";
  }

  /** The shell's words for what a panel shows. */
  static Html command(String command) {
    return tag("p", cls("command"), tag("code", command), copy(command, "Copy the shell command"));
  }

  static Html copy(String text, String label) {
    return tag(
        "button",
        attr("type", "button"),
        cls("copy"),
        attr("data-copy", text),
        attr("aria-label", label + ": " + text),
        "Copy");
  }

  /**
   * A part of a page that refreshes by itself.
   *
   * @param id unique on the page
   */
  static Html panel(String id, String title, Object... parts) {
    return tag(
        "section",
        cls("panel"),
        attr("id", id),
        attr("data-panel", id),
        attr("aria-labelledby", id + "-title"),
        tag("h2", attr("id", id + "-title"), title),
        List.of(parts));
  }

  /** The panel of an action's answer; where it was refused, the panel says so and the page goes on. */
  static Html panel(String id, String title, Asked asked, Function<Asked, Html> content) {
    Html inside;
    if (asked.there()) {
      inside = content.apply(asked);
    } else {
      inside = refusal(asked.refusal().orElseThrow());
    }
    return panel(id, title, inside, command(asked.command()));
  }

  static Html refusal(LadangException why) {
    return tag(
        "div",
        cls("refusal"),
        tag("p", state("refused"), " ", why.getMessage(), " ", tag("code", why.code())),
        why.nextStep().map(next -> tag("p", next)).orElse(nothing()));
  }

  /** A table; columns that hold figures stand to the right. */
  static Html table(String caption, List<String> columns, List<List<Object>> rows) {
    List<Html> heads =
        columns.stream().map(column -> tag("th", attr("scope", "col"), column)).toList();
    List<Html> lines = new ArrayList<>();
    for (List<Object> row : rows) {
      List<Html> cells = new ArrayList<>();
      for (Object cell : row) {
        boolean figure = cell instanceof Number || cell instanceof Figure;
        cells.add(figure ? tag("td", cls("figure"), cell) : tag("td", cell));
      }
      lines.add(tag("tr", cells));
    }
    return tag(
        "div",
        cls("scroll"),
        attr("tabindex", "0"),
        attr("role", "region"),
        attr("aria-label", caption),
        tag("table", tag("caption", caption), tag("thead", tag("tr", heads)), tag("tbody", lines)));
  }

  /** A number as it is read. */
  record Figure(String text) {
    /** With one digit; tables have hundreds of them, and a format costs microseconds. */
    static Figure of(double value) {
      long tenths = Math.round(value * 10);
      return tenths < 0 || tenths > 9999
          ? of(value, 1)
          : new Figure(tenths / 10 + "." + tenths % 10);
    }

    static Figure of(double value, int digits) {
      return new Figure(String.format(Locale.ROOT, "%,." + digits + "f", value));
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static String bytes(double bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
  }

  /**
   * A button that calls an action. One that the visitor may not use is there and says why; one that takes a jar or needs
   * words asks for them on the action's own page.
   */
  static Html button(Visit visit, Object label, String action, Map<String, Object> arguments) {
    Optional<ActionInfo> info = visit.action(action);
    if (info.isEmpty()) {
      return nothing();
    }
    ActionInfo known = info.get();
    boolean may = visit.may(known.role());
    String why = may ? "" : "needs " + known.role() + "; you are " + visit.principal().role();
    return tag(
        "span",
        cls("do"),
        tag(
            "button",
            attr("type", "button"),
            cls(known.effect() == Effect.DANGER ? "danger" : "plain"),
            attr("data-action", known.owner() + "/" + known.name()),
            attr("data-arguments", JsonText.of(arguments)),
            attr("data-effect", known.effect()),
            attr("data-describes", known.description()),
            attr("data-command", Command.of(action, arguments)),
            dryRun(known).map(name -> (Object) attr("data-dry-run", name)).orElse(nothing()),
            flag("disabled", !may),
            label),
        may ? nothing() : tag("small", " ", why));
  }

  /** The name of the argument that lets an action only say what it would do. */
  static Optional<String> dryRun(ActionInfo action) {
    return Shape.of(action.arguments()).shape("properties").members().keySet().stream()
        .map(String::valueOf)
        .filter(name -> List.of("dryRun", "dry_run", "plan", "check").contains(name))
        .findFirst();
  }

  /** Whatever an action gave, as a table, a list or a text. */
  static Html value(String caption, Object value) {
    if (value instanceof List<?> list
        && !list.isEmpty()
        && list.get(0) instanceof Map<?, ?> first) {
      List<String> columns = first.keySet().stream().map(String::valueOf).toList();
      List<List<Object>> rows = new ArrayList<>();
      for (Shape row : Shape.list(list)) {
        rows.add(columns.stream().map(c -> cell(c, row.members().get(c))).toList());
      }
      return table(caption, columns, rows);
    }
    if (value instanceof List<?> list) {
      return list.isEmpty()
          ? tag("p", "Nothing.")
          : tag("ul", list.stream().map(item -> tag("li", text(item))).toList());
    }
    if (value instanceof Map<?, ?> map) {
      List<Object> parts = new ArrayList<>();
      map.forEach(
          (key, member) -> {
            parts.add(tag("dt", String.valueOf(key)));
            parts.add(
                tag(
                    "dd",
                    member instanceof List<?> || member instanceof Map<?, ?>
                        ? value(String.valueOf(key), member)
                        : text(member)));
          });
      return tag("dl", parts);
    }
    return tag("p", text(value));
  }

  private static Object cell(String column, Object value) {
    if (value instanceof Number number) {
      return number;
    }
    Optional<Instant> at = moment(value);
    if (at.isPresent()) {
      return time(at);
    }
    if (column.equals("state") || column.equals("outcome") || column.equals("health")) {
      return state(text(value));
    }
    return text(value);
  }

  private static Optional<Instant> moment(Object value) {
    return value instanceof String text && INSTANT.matcher(text).matches()
        ? Shape.of(Map.of("at", text)).time("at")
        : Optional.empty();
  }

  static String text(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Parts::text).collect(Collectors.joining(", "));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(e -> e.getKey() + "=" + text(e.getValue()))
          .collect(Collectors.joining(", "));
    }
    return String.valueOf(value);
  }

  /** How full something is: a bar and its words. */
  static Html bar(String label, double value, double max, double high, String words) {
    String id = "bar-" + label.toLowerCase(Locale.ROOT).replace(' ', '-');
    return tag(
        "div",
        cls("bar"),
        tag("label", attr("for", id), label),
        tag(
            "meter",
            attr("id", id),
            attr("min", 0),
            attr("max", max <= 0 ? 1 : max),
            attr("low", high),
            attr("high", high),
            attr("optimum", 0),
            attr("value", value),
            words),
        tag("span", words));
  }

  /** A share from 0 to 1 as a bar, for where its figure stands beside it. */
  static Html meter(String label, double share) {
    return tag(
        "meter",
        attr("aria-label", label),
        attr("min", 0),
        attr("max", 1),
        attr("value", share),
        String.format(Locale.ROOT, "%.0f %%", share * 100));
  }

  /** Lines in the order of time; they scroll, by keyboard too. */
  static Html timeline(List<Html> lines) {
    return tag(
        "ol",
        cls("timeline"),
        attr("tabindex", "0"),
        attr("aria-label", "The newest first"),
        lines);
  }

  static Html paragraphs(List<String> sentences) {
    return all(sentences.stream().map(s -> tag("p", s)).toList());
  }
}
