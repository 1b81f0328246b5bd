package org.ladang.config.provider;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON shape for one value, whether it was just set or read back from disk: whole numbers are {@code Integer} where
 * they fit, else {@code Long}; fractions are {@code Double}; arrays are lists.
 */
final class Canonical {
  private Canonical() {}

  static Object of(Object value) {
    if (value instanceof Collection<?> many) {
      List<Object> list = new ArrayList<>();
      many.forEach(item -> list.add(of(item)));
      return List.copyOf(list);
    }
    if (value != null && value.getClass().isArray()) {
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        list.add(of(Array.get(value, i)));
      }
      return List.copyOf(list);
    }
    if (value instanceof Number number) {
      return number(number);
    }
    return value instanceof Boolean ? value : String.valueOf(value);
  }

  private static Number number(Number number) {
    if (number instanceof Float || number instanceof Double || number instanceof BigDecimal) {
      return Double.valueOf(number.toString());
    }
    long whole = new BigDecimal(number.toString()).longValueExact();
    if (whole == (int) whole) {
      return (int) whole;
    }
    return whole;
  }

  static Map<String, Object> all(Map<?, ?> values) {
    Map<String, Object> all = new LinkedHashMap<>();
    values.forEach((key, value) -> all.put(String.valueOf(key), of(value)));
    return all;
  }

  /** As people read it, shortened. */
  static String text(Object value) {
    String text = String.valueOf(value);
    String cut = text.length() > 80 ? text.substring(0, 77) + "..." : text;
    return value instanceof String ? '"' + cut + '"' : cut;
  }
}
