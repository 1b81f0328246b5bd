package org.ladang.kernel.provider.json;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON text and JSON-shaped values. */
public final class Json {
  private Json() {}

  /** A JSON-shaped value as text on one line. */
  public static String text(Object value) {
    try {
      return JSON.std.asString(value);
    } catch (IOException e) {
      throw new IllegalArgumentException("No JSON shape: " + e.getMessage(), e);
    }
  }

  /**
   * Reads text; what it gives cannot be changed.
   *
   * @throws IOException when it is no JSON
   */
  public static Object parse(String text) throws IOException {
    return frozen(JSON.std.anyFrom(text));
  }

  /**
   * A copy of a JSON-shaped value, all the way down, that nobody can change; maps keep their order.
   *
   * @throws IllegalArgumentException when something in it is not JSON-shaped
   */
  public static Object frozen(Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return frozenMap(map);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      list.forEach(element -> copy.add(frozen(element)));
      return Collections.unmodifiableList(copy);
    }
    throw new IllegalArgumentException(
        "A value of " + value.getClass().getName() + " is not JSON-shaped.");
  }

  /** The same for a map, whose keys are taken as text. */
  public static Map<String, Object> frozenMap(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>(map.size() * 4 / 3 + 1);
    map.forEach((key, element) -> copy.put(String.valueOf(key), frozen(element)));
    return Collections.unmodifiableMap(copy);
  }
}
