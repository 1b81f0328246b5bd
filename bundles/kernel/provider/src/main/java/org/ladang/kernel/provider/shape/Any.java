package org.ladang.kernel.provider.shape;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Any JSON value: what {@code Object} stands for. What comes back is converted by what it is at that moment. */
final class Any implements Shape {
  static final Any SHAPE = new Any();

  /** Kept by the classes themselves, so that a plugin's class can go when the plugin goes. */
  private static final ClassValue<Shape> RECORDS =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shapes.of(type);
        }
      };

  private Any() {}

  @Override
  public Object fromJson(Object json) {
    return json;
  }

  @Override
  public Object toJson(Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> json = new LinkedHashMap<>(map.size() * 4 / 3 + 1);
      map.forEach((key, element) -> json.put(String.valueOf(key), toJson(element)));
      return json;
    }
    if (value instanceof Collection<?> collection) {
      List<Object> json = new ArrayList<>(collection.size());
      collection.forEach(element -> json.add(toJson(element)));
      return json;
    }
    if (value instanceof Record) {
      return RECORDS.get(value.getClass()).toJson(value);
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof Optional<?> optional) {
      return toJson(optional.orElse(null));
    }
    if (value instanceof Instant || value instanceof Duration || value instanceof Character) {
      return value.toString();
    }
    throw new IllegalArgumentException(
        "A value of " + value.getClass().getName() + " has no JSON shape.");
  }

  @Override
  public String expected() {
    return "any value";
  }
}
