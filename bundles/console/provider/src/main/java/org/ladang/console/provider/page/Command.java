package org.ladang.console.provider.page;

import java.util.Map;
import java.util.regex.Pattern;

/** How the shell says what a page does. */
final class Command {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@+-]+");

  private Command() {}

  static String of(String action, Map<String, Object> arguments) {
    StringBuilder command = new StringBuilder("ladang shell ").append(action);
    arguments.forEach(
        (name, value) -> command.append(' ').append(quoted(name + "=", String.valueOf(value))));
    return command.toString();
  }

  private static String quoted(String prefix, String value) {
    return PLAIN.matcher(value).matches()
        ? prefix + value
        : "'" + prefix + value.replace("'", "'\\''") + "'";
  }
}
