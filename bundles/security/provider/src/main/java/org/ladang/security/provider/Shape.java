package org.ladang.security.provider;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads JSON-shaped values of {@code State}; what is missing or of another type reads as empty. */
final class Shape {
  private Shape() {}

  static Map<String, Object> map(Object value) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((k, v) -> copy.put(String.valueOf(k), v));
    }
    return copy;
  }

  static String text(Map<String, Object> map, String key) {
    return map.get(key) instanceof String s ? s : "";
  }

  static long number(Map<String, Object> map, String key) {
    return map.get(key) instanceof Number n ? n.longValue() : 0;
  }

  /** The moment under that key; {@link Instant#EPOCH} when there is none. */
  static Instant instant(Map<String, Object> map, String key) {
    String text = text(map, key);
    return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
  }
}
