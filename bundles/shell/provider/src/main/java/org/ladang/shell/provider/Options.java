package org.ladang.shell.provider;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The shell's own options, which every action has unless it has an argument of that name. */
final class Options {
  /** Names and what they do. */
  static final Map<String, String> ALL = all();

  /** Those that take no value. */
  static final Set<String> NAMES = Set.of("json", "yes", "stack", "help");

  private Options() {}

  private static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("json", "Answers as JSON.");
    all.put("yes", "Does not ask before something dangerous.");
    all.put("stack", "Shows the stack trace of a failure.");
    all.put("args", "Takes the arguments as one JSON object.");
    all.put("help", "Explains the action.");
    return all;
  }
}
