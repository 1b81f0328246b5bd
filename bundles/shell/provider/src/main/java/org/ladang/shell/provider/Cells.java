package org.ladang.shell.provider;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** A value as text for people. Control characters never reach the terminal: a plugin's data must not steer it. */
final class Cells {
  /** What stands where nothing is. */
  static final String NOTHING = "-";

  private Cells() {}

  /** Of several lines where the value has them. */
  static String block(Object value) {
    return value instanceof String text && !Times.matches(text) ? clean(text, true) : line(value);
  }

  /** On one line, whatever it is. */
  static String line(Object value) {
    if (value == null) {
      return NOTHING;
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty()
          ? NOTHING
          : map.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + line(entry.getValue()))
              .collect(Collectors.joining(", "));
    }
    if (value instanceof Collection<?> list) {
      return list.isEmpty()
          ? NOTHING
          : list.stream().map(Cells::line).collect(Collectors.joining(", "));
    }
    String text = value.toString();
    return Times.matches(text) ? Times.text(text) : clean(text, false);
  }

  /** Fractions to three places: who needs more takes JSON. */
  private static String number(Number number) {
    double value = number.doubleValue();
    boolean fraction =
        number instanceof Double || number instanceof Float || number instanceof BigDecimal;
    if (!fraction || Double.isNaN(value) || Double.isInfinite(value)) {
      return number.toString();
    }
    BigDecimal exact = new BigDecimal(number.toString());
    if (exact.abs().compareTo(new BigDecimal("0.001")) < 0) {
      return exact.signum() == 0 ? "0" : number.toString();
    }
    BigDecimal rounded = exact.setScale(3, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.toPlainString();
  }

  private static String clean(String text, boolean lines) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\t') {
        out.append(lines ? c : ' ');
      } else if (c == '\r') {
        out.append(lines ? "" : " ");
      } else {
        out.append(Character.isISOControl(c) ? '\uFFFD' : c);
      }
    }
    return out.toString();
  }
}
