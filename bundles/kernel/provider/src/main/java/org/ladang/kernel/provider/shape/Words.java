package org.ladang.kernel.provider.shape;

import java.util.List;
import java.util.Map;

/** Says in words what a JSON-shaped value is. */
final class Words {
  private static final int LONGEST = 40;

  private Words() {}

  static String of(Object json) {
    if (json == null) {
      return "null";
    }
    if (json instanceof String text) {
      return "the text `"
          + (text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…")
          + "`";
    }
    if (json instanceof Number number) {
      return "the number " + number;
    }
    if (json instanceof Boolean bool) {
      return bool.toString();
    }
    if (json instanceof Map<?, ?>) {
      return "an object";
    }
    if (json instanceof List<?>) {
      return "a list";
    }
    return "a " + json.getClass().getSimpleName();
  }
}
