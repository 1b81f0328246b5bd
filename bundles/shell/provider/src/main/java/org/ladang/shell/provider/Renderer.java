package org.ladang.shell.provider;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Results as text: a list of records is a table, a record is keys and values, what is nested is indented, nothing is
 * {@code done}.
 */
final class Renderer {
  private static final String INDENT = "  ";

  /** A result's empty values are part of it; the library leaves them out unless told. */
  private static final JSON EXACT = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

  private Renderer() {}

  /** JSON on one line. */
  static String json(Object value) {
    try {
      return value == null ? "null" : EXACT.asString(value);
    } catch (IOException e) {
      throw new IllegalArgumentException("A result that is not JSON-shaped: " + e.getMessage(), e);
    }
  }

  /**
   * Text for people.
   *
   * @param width how many columns of the screen there are; 0 for no limit
   */
  static String text(Object value, int width) {
    if (value == null) {
      return "done";
    }
    return String.join("\n", lines(value, width));
  }

  private static List<String> lines(Object value, int width) {
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty() ? List.of("nothing") : record(map, width);
    }
    if (value instanceof Collection<?> list) {
      return list.isEmpty() ? List.of("none") : list(list, width);
    }
    return Cells.block(value).lines().collect(Collectors.toCollection(ArrayList::new));
  }

  private static List<String> list(Collection<?> list, int width) {
    if (list.stream().allMatch(Map.class::isInstance)) {
      List<Map<?, ?>> records =
          list.stream().<Map<?, ?>>map(element -> (Map<?, ?>) element).toList();
      return new Table(records).lines(width);
    }
    return list.stream().map(Cells::line).toList();
  }

  private static List<String> record(Map<?, ?> map, int width) {
    int column =
        map.entrySet().stream()
            .filter(entry -> !nested(entry.getValue()))
            .mapToInt(entry -> key(entry).codePointCount(0, key(entry).length()))
            .max()
            .orElse(0);
    List<String> lines = new ArrayList<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (nested(entry.getValue())) {
        lines.add(key(entry));
        int inner = width == 0 ? 0 : Math.max(20, width - INDENT.length());
        lines(entry.getValue(), inner).forEach(line -> lines.add(INDENT + line));
      } else {
        scalar(entry, column, lines);
      }
    }
    return lines;
  }

  private static void scalar(Map.Entry<?, ?> entry, int column, List<String> lines) {
    String head =
        key(entry) + " ".repeat(column - key(entry).codePointCount(0, key(entry).length()));
    List<String> text =
        Cells.block(Objects.requireNonNullElse(entry.getValue(), Cells.NOTHING)).lines().toList();
    lines.add((head + INDENT + (text.isEmpty() ? "" : text.get(0))).stripTrailing());
    String under = " ".repeat(column) + INDENT;
    text.stream().skip(1).forEach(line -> lines.add((under + line).stripTrailing()));
  }

  /** Lists of plain values stay on their line while they are short. */
  private static boolean nested(Object value) {
    if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    if (value instanceof Collection<?> list) {
      return list.stream().anyMatch(e -> e instanceof Map || e instanceof Collection)
          || Cells.line(list).length() > 60;
    }
    return false;
  }

  private static String key(Map.Entry<?, ?> entry) {
    return Cells.line(entry.getKey());
  }
}
