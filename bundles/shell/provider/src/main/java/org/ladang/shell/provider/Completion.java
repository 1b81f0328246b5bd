package org.ladang.shell.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.shell.Candidate;

/** What could stand at the cursor, from the list of actions and their schemas. */
final class Completion {
  private static final int LIMIT = 200;

  private final List<ActionInfo> actions;

  /**
   * @param actions those that the caller may call
   */
  Completion(List<ActionInfo> actions) {
    this.actions = actions;
  }

  List<Candidate> at(String line) {
    Words words = Words.of(line);
    String last = words.last();
    List<String> before = words.before();
    List<Candidate> all = new ArrayList<>();
    if (before.isEmpty()) {
      actions.forEach(action -> all.add(whole(action)));
      all.add(new Candidate("help", "Lists what can be called, or explains one of it.", true));
    } else if (before.get(0).equals("help")) {
      if (before.size() == 1) {
        actions.forEach(action -> all.add(whole(action)));
        actions.stream()
            .map(ActionInfo::owner)
            .distinct()
            .forEach(owner -> all.add(new Candidate(owner, "All actions of " + owner + ".", true)));
      }
    } else {
      actions.stream()
          .filter(action -> action.id().equals(before.get(0)))
          .findFirst()
          .ifPresent(action -> arguments(action, before, last, all));
    }
    return all.stream().filter(c -> c.value().startsWith(last)).limit(LIMIT).toList();
  }

  private static void arguments(
      ActionInfo action, List<String> before, String last, List<Candidate> all) {
    List<Argument> arguments = Argument.of(action);
    int equals = last.indexOf('=');
    String prefix = last.substring(0, equals + 1);
    Optional<Argument> valued =
        equals > 0
            ? Argument.find(arguments, last.substring(last.startsWith("--") ? 2 : 0, equals))
            : afterOption(arguments, before);
    if (valued.isPresent()) {
      valued.get().values().forEach(value -> all.add(new Candidate(prefix + value, "", true)));
      return;
    }
    Set<String> given =
        before.stream()
            .map(word -> word.startsWith("--") ? word.substring(2) : word)
            .map(word -> word.replaceFirst("=.*", ""))
            .collect(Collectors.toSet());
    boolean dashes = last.startsWith("--");
    for (Argument argument : arguments) {
      if (!given.contains(argument.name())) {
        String value = dashes ? "--" + argument.name() : argument.name() + "=";
        all.add(new Candidate(value, about(argument), dashes));
      }
    }
    Options.ALL.forEach(
        (name, meaning) -> {
          if (!given.contains(name)) {
            all.add(new Candidate("--" + name, meaning, true));
          }
        });
  }

  private static Optional<Argument> afterOption(List<Argument> arguments, List<String> before) {
    String previous = before.get(before.size() - 1);
    return previous.startsWith("--") && !previous.contains("=")
        ? Argument.find(arguments, previous.substring(2)).filter(a -> !a.is("boolean"))
        : Optional.empty();
  }

  private static String about(Argument argument) {
    String needed = argument.required() ? "needed" : "optional";
    String meaning =
        argument.description().isEmpty() ? "" : ": " + Cells.line(argument.description());
    return argument.type() + ", " + needed + meaning;
  }

  private static Candidate whole(ActionInfo action) {
    return new Candidate(action.id(), Cells.line(action.description()), true);
  }
}
