package org.ladang.shell.wire;

import java.util.Map;

/**
 * JSON text of maps, lists, strings, numbers, booleans and null. Small on purpose: the client of one command must not
 * pay for the start of a library. Instances do not exist; safe for any thread.
 */
public final class Json {
  private Json() {}

  /** The text of a value, on one line. What is none of the known types is written as its {@code toString}. */
  public static String text(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  /**
   * Reads one object and nothing after it. Whole numbers become {@code Long}, others {@code Double}; keys keep their
   * order.
   *
   * @throws IllegalArgumentException when it is none, or nested more than 64 deep
   */
  public static Map<String, Object> object(String text) {
    return new JsonReader(text).object();
  }

  private static void write(Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> map) {
      char before = '{';
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(before);
        string(String.valueOf(entry.getKey()), out);
        out.append(':');
        write(entry.getValue(), out);
        before = ',';
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof Iterable<?> list) {
      char before = '[';
      for (Object element : list) {
        out.append(before);
        write(element, out);
        before = ',';
      }
      out.append(before == '[' ? "[]" : "]");
    } else if (value == null || value instanceof Boolean || finite(value)) {
      out.append(value);
    } else {
      string(value.toString(), out);
    }
  }

  private static boolean finite(Object value) {
    return value instanceof Number number
        && !Double.isNaN(number.doubleValue())
        && !Double.isInfinite(number.doubleValue());
  }

  private static void string(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          // A lone surrogate has no UTF-8 form: only its escape survives the wire.
          if (c < ' ' || Character.isSurrogate(c) && !paired(text, i)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean paired(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
