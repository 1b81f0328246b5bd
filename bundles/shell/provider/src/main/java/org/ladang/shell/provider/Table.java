package org.ladang.shell.provider;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A list of records in columns: numbers to the right, the widest columns cut with … until a line fits. */
final class Table {
  private static final int NARROWEST = 6;
  private static final String GAP = "  ";

  private final List<String> heads = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] right;
  private final int[] widths;

  Table(List<? extends Map<?, ?>> records) {
    Set<Object> keys = new LinkedHashSet<>();
    records.forEach(record -> keys.addAll(record.keySet()));
    keys.forEach(key -> heads.add(head(key.toString())));
    right = new boolean[heads.size()];
    widths = new int[heads.size()];
    int column = 0;
    for (Object key : keys) {
      List<Object> values = new ArrayList<>();
      records.forEach(record -> values.add(record.get(key)));
      right[column] =
          values.stream().anyMatch(Number.class::isInstance)
              && values.stream().allMatch(v -> v == null || v instanceof Number);
      column++;
    }
    for (Map<?, ?> record : records) {
      rows.add(keys.stream().map(key -> Cells.line(record.get(key))).toList());
    }
  }

  /**
   * Lines without trailing blanks.
   *
   * @param width how many columns of the screen there are; 0 for no limit
   */
  List<String> lines(int width) {
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          rows.stream()
              .mapToInt(row -> length(row.get(column)))
              .reduce(length(heads.get(i)), Math::max);
    }
    if (width > 0) {
      shrink(width - GAP.length() * (widths.length - 1));
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(heads));
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  private void shrink(int room) {
    int sum = 0;
    for (int width : widths) {
      sum += width;
    }
    while (sum > room) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        if (widths[i] > widths[widest]) {
          widest = i;
        }
      }
      if (widths[widest] <= NARROWEST) {
        return; // Too many columns for this screen: long lines are better than unreadable ones.
      }
      widths[widest]--;
      sum--;
    }
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cut(cells.get(i), widths[i]);
      String pad = " ".repeat(widths[i] - length(cell));
      line.append(i == 0 ? "" : GAP).append(right[i] ? pad + cell : cell + pad);
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String text, int width) {
    return length(text) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)).stripTrailing() + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** {@code startedAt} and {@code started_at} become {@code STARTED AT}. */
  private static String head(String key) {
    return key.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replace('_', ' ').toUpperCase(Locale.ROOT);
  }
}
