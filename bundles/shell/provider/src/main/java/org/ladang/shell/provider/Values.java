package org.ladang.shell.provider;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Arrays;
import org.ladang.kernel.LadangException;

/** The value that a word stands for. Numbers and times stay text: the gate converts them and knows what is wrong. */
final class Values {
  private Values() {}

  static Object of(Argument argument, String text) {
    boolean structured = text.startsWith("{") || text.startsWith("[");
    boolean anything = !argument.schema().containsKey("type");
    if (structured && (argument.is("array") || argument.is("object") || anything)) {
      return json(argument, text);
    }
    if (argument.is("array")) {
      return text.isEmpty()
          ? java.util.List.of()
          : Arrays.stream(text.split(",")).map(String::strip).toList();
    }
    return text;
  }

  private static Object json(Argument argument, String text) {
    try {
      return JSON.std.anyFrom(text);
    } catch (IOException e) {
      throw new LadangException(
              "LADANG-SHELL-005", "The value of " + argument.name() + " is not JSON.", e)
          .next("Write it in single quotes: " + argument.name() + "='{\"key\":\"value\"}'.");
    }
  }
}
