package org.ladang.shell.provider;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionInfo;

/**
 * Turns words into arguments: {@code key=value}, {@code --key value}, {@code --flag}, {@code --args '{…}'}; what has no
 * name fills the arguments in the schema's order; after {@code --} nothing has a name. One use each.
 */
final class InvocationParser {
  private final ActionInfo action;
  private final List<Argument> arguments;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Set<String> named = new HashSet<>();
  private final List<String> unnamed = new ArrayList<>();
  private final Set<String> options = new HashSet<>();

  private InvocationParser(ActionInfo action) {
    this.action = action;
    this.arguments = Argument.of(action);
  }

  static Invocation parse(ActionInfo action, List<String> words) {
    InvocationParser parser = new InvocationParser(action);
    parser.read(words);
    parser.fill();
    Set<String> options = parser.options;
    return new Invocation(
        parser.values,
        options.contains("json"),
        options.contains("yes"),
        options.contains("stack"),
        options.contains("help"));
  }

  private void read(List<String> words) {
    int i = 0;
    while (i < words.size()) {
      String word = words.get(i++);
      if (word.equals("--")) {
        unnamed.addAll(words.subList(i, words.size()));
        return;
      }
      if (word.startsWith("--")) {
        i += option(word.substring(2), words, i);
      } else {
        pair(word);
      }
    }
  }

  /** Returns how many of the following words belong to the option. */
  private int option(String text, List<String> words, int next) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    Optional<String> value =
        equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1));
    Optional<Argument> argument = Argument.find(arguments, name);
    if (argument.isPresent()) {
      if (value.isPresent()) {
        put(argument.get(), value.get());
        return 0;
      }
      if (argument.get().is("boolean")) {
        put(argument.get(), "true");
        return 0;
      }
      put(argument.get(), following(name, words, next));
      return 1;
    }
    if (name.equals("args")) {
      object(value.orElseGet(() -> following(name, words, next)));
      return value.isPresent() ? 0 : 1;
    }
    if (Options.NAMES.contains(name) && value.isEmpty()) {
      options.add(name);
      return 0;
    }
    throw unknown(name);
  }

  private void pair(String word) {
    int equals = word.indexOf('=');
    if (equals > 0 && word.substring(0, equals).matches("[A-Za-z_][A-Za-z0-9_-]*")) {
      String name = word.substring(0, equals);
      put(
          Argument.find(arguments, name).orElseThrow(() -> unknown(name)),
          word.substring(equals + 1));
    } else {
      unnamed.add(word);
    }
  }

  private void object(String text) {
    try {
      JSON.std
          .mapFrom(text)
          .forEach(
              (key, value) -> {
                values.put(key, value);
                named.add(key);
              });
    } catch (IOException e) {
      throw new LadangException("LADANG-SHELL-005", "What follows --args is not a JSON object.", e)
          .next("Write it in single quotes: --args '{\"id\":\"x\"}'.");
    }
  }

  private void put(Argument argument, String text) {
    Object value = Values.of(argument, text);
    boolean again = !named.add(argument.name()) && values.containsKey(argument.name());
    if (!again) {
      values.put(argument.name(), value);
    } else if (value instanceof List<?> more
        && values.get(argument.name()) instanceof List<?> first) {
      values.put(argument.name(), Stream.concat(first.stream(), more.stream()).toList());
    } else {
      throw new LadangException(
              "LADANG-SHELL-003", "The argument " + argument.name() + " is given twice.")
          .next("Leave one of them out.");
    }
  }

  private void fill() {
    List<Argument> free = arguments.stream().filter(a -> !named.contains(a.name())).toList();
    if (unnamed.size() > free.size()) {
      throw new LadangException(
              "LADANG-SHELL-003",
              "Nothing is left for \""
                  + unnamed.get(free.size())
                  + "\" to fill in "
                  + action.id()
                  + ".")
          .next(
              arguments.isEmpty()
                  ? "It takes no arguments."
                  : "Its arguments are: " + names() + ".");
    }
    for (int i = 0; i < unnamed.size(); i++) {
      values.put(free.get(i).name(), Values.of(free.get(i), unnamed.get(i)));
    }
  }

  private static String following(String name, List<String> words, int next) {
    if (next >= words.size()) {
      throw new LadangException("LADANG-SHELL-008", "--" + name + " needs a value after it.")
          .next("Write --" + name + " VALUE or " + name + "=VALUE.");
    }
    return words.get(next);
  }

  private LadangException unknown(String name) {
    List<String> known = arguments.stream().map(Argument::name).toList();
    String guess =
        Nearest.to(name, known, 1).stream()
            .findFirst()
            .map(n -> "Did you mean " + n + "? ")
            .orElse("");
    return new LadangException(
            "LADANG-SHELL-002", action.id() + " has no argument \"" + name + "\".")
        .next(guess + (known.isEmpty() ? "It takes none." : "Its arguments are: " + names() + "."))
        .with("argument", name);
  }

  private String names() {
    return arguments.stream().map(Argument::name).collect(Collectors.joining(", "));
  }
}
