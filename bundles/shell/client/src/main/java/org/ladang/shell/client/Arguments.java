package org.ladang.shell.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What stands on the process's command line. Options of the client come before the command; what follows belongs to the
 * command.
 *
 * @param home the home to connect to
 * @param token absent for the owner; an empty one is not the same as none
 * @param keepGoing whether a script goes on after a failed line
 * @param json whether answers are for a program
 * @param help whether only the usage is asked for
 * @param command empty for an interactive shell or a script on the standard input
 */
record Arguments(
    Path home,
    Optional<String> token,
    boolean keepGoing,
    boolean json,
    boolean help,
    List<String> command) {

  /**
   * Reads the command line.
   *
   * @param environment the value of {@code LADANG_HOME}
   * @throws IllegalArgumentException with a sentence when an option is wrong
   */
  static Arguments parse(List<String> words, Optional<String> environment) {
    String home = environment.orElse(".");
    Optional<String> token = Optional.empty();
    boolean keepGoing = false;
    boolean json = false;
    boolean help = false;
    int i = 0;
    while (i < words.size() && words.get(i).startsWith("--")) {
      String word = words.get(i++);
      switch (word) {
        case "--home" -> home = value(words, i++, word);
        case "--token" -> token = Optional.of(value(words, i++, word));
        case "--keep-going" -> keepGoing = true;
        case "--json" -> json = true;
        case "--help" -> help = true;
        default ->
            throw new IllegalArgumentException(
                "The shell has no option "
                    + word
                    + ". Options are --home DIR, --token TOKEN, --json,"
                    + " --keep-going and --help.");
      }
    }
    return new Arguments(
        Path.of(home), token, keepGoing, json, help, List.copyOf(words.subList(i, words.size())));
  }

  private static String value(List<String> words, int i, String option) {
    if (i >= words.size() || words.get(i).isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value after it.");
    }
    return words.get(i);
  }
}
