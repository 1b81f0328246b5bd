package org.ladang.shell.front;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a client wants run, as a line and as words.
 *
 * @param line as a person types it, for Gogo
 * @param words the same, split
 */
record Command(String line, List<String> words) {
  private static final Pattern SPECIAL = Pattern.compile("[\\s'\"\\\\]");
  private static final Set<String> PIPES = Set.of("|", "||", "&&", ";");

  /** A process's arguments: one with blanks is a line, several are words. */
  static Command of(List<String> arguments, LiveShell shell) {
    if (arguments.size() == 1) {
      return of(arguments.get(0), shell);
    }
    return new Command(
        arguments.stream().map(Command::quoted).collect(Collectors.joining(" ")),
        List.copyOf(arguments));
  }

  static Command of(String line, LiveShell shell) {
    return new Command(line.strip(), shell.words(line));
  }

  String first() {
    return words.isEmpty() ? "" : words.get(0);
  }

  /** Whether several commands are put together, which only Gogo can do. */
  boolean pipeline() {
    return words.stream().anyMatch(PIPES::contains);
  }

  /** Operators stay what they are; Gogo has no quotes inside of quotes, but a backslash. */
  private static String quoted(String word) {
    if (!word.isEmpty() && SPECIAL.matcher(word).results().findAny().isEmpty()) {
      return word;
    }
    return word.contains("'") ? SPECIAL.matcher(word).replaceAll("\\\\$0") : "'" + word + "'";
  }
}
