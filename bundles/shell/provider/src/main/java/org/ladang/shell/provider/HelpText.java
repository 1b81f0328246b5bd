package org.ladang.shell.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Effect;

/** Help, written from the list of actions. */
final class HelpText {
  private HelpText() {}

  /**
   * All groups with their actions, a line each.
   *
   * @param width where lines are cut; 0 for nowhere
   */
  static String overview(List<ActionInfo> actions, int width) {
    List<String> lines = new ArrayList<>();
    Map<String, List<ActionInfo>> groups = new TreeMap<>();
    actions.forEach(a -> groups.computeIfAbsent(a.owner(), o -> new ArrayList<>()).add(a));
    int column = actions.stream().mapToInt(a -> a.id().length()).max().orElse(0);
    groups.forEach(
        (owner, members) -> {
          lines.add(owner);
          members.forEach(action -> lines.add(cut(summary(action, column), width)));
          lines.add("");
        });
    lines.add("help ACTION explains one of them. Every action takes --json, --stack and --help.");
    return String.join("\n", lines);
  }

  /** The actions of one group, a line each. */
  static String group(List<ActionInfo> actions) {
    int column = actions.stream().mapToInt(a -> a.id().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    actions.forEach(action -> lines.add(summary(action, column).substring(2)));
    return String.join("\n", lines);
  }

  /** One action with its arguments and an example. */
  static String action(ActionInfo action) {
    List<Argument> arguments = Argument.of(action);
    List<String> lines = new ArrayList<>();
    lines.add(action.id() + ": " + Cells.line(action.description()));
    lines.add("");
    lines.add("  who      " + role(action));
    lines.add("  effect   " + effect(action.effect()));
    lines.add("  timeout  " + seconds(action));
    lines.add("");
    if (arguments.isEmpty()) {
      lines.add("It takes no arguments.");
    } else {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (Argument argument : arguments) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("argument", argument.name());
        row.put("type", argument.isChoice() ? "choice" : argument.type());
        row.put("needed", argument.required() ? "yes" : "no");
        row.put("meaning", meaning(argument));
        rows.add(row);
      }
      lines.addAll(new Table(rows).lines(0));
    }
    lines.add("");
    lines.add("For example: " + example(action, arguments));
    return String.join("\n", lines);
  }

  /** Explains an action or a group; empty when there is neither. */
  static Optional<String> topic(List<ActionInfo> actions, String topic) {
    Optional<ActionInfo> one = actions.stream().filter(a -> a.id().equals(topic)).findFirst();
    if (one.isPresent()) {
      return one.map(HelpText::action);
    }
    List<ActionInfo> members = actions.stream().filter(a -> a.owner().equals(topic)).toList();
    return members.isEmpty() ? Optional.empty() : Optional.of(group(members));
  }

  private static String summary(ActionInfo action, int column) {
    String padding = " ".repeat(column - action.id().length());
    return "  " + action.id() + padding + "  " + Cells.line(action.description());
  }

  private static String meaning(Argument argument) {
    String choices =
        argument.isChoice() ? "One of " + String.join(", ", argument.values()) + "." : "";
    return (argument.description() + " " + choices).strip();
  }

  private static String cut(String line, int width) {
    return width < 20 || line.codePointCount(0, line.length()) <= width
        ? line
        : line.substring(0, line.offsetByCodePoints(0, width - 1)).stripTrailing() + "…";
  }

  private static String role(ActionInfo action) {
    return switch (action.role()) {
      case VIEWER -> "viewer, operator, admin";
      case OPERATOR -> "operator, admin";
      case ADMIN -> "admin";
    };
  }

  private static String effect(Effect effect) {
    return switch (effect) {
      case READ -> "reads";
      case CHANGE -> "changes something that can be changed back";
      case DANGER -> "may lose something: asks before, unless --yes is given";
    };
  }

  private static String seconds(ActionInfo action) {
    long millis = action.timeout().toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }

  private static String example(ActionInfo action, List<Argument> arguments) {
    StringBuilder example = new StringBuilder(action.id());
    List<Argument> shown = arguments.stream().filter(Argument::required).toList();
    for (Argument argument : shown) {
      example.append(' ').append(argument.name()).append('=').append(argument.example());
    }
    return example.append(action.effect() == Effect.DANGER ? " --yes" : "").toString();
  }
}
