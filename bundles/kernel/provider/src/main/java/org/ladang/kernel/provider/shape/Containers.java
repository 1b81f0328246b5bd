package org.ladang.kernel.provider.shape;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shapes of lists, sets, maps and optional values. What actions receive cannot be changed. */
final class Containers {
  private Containers() {}

  /** A {@code List}. */
  record Lists(Shape items) implements Shape {
    @Override
    public Object fromJson(Object json) {
      return Collections.unmodifiableList(elements(json, items, expected()));
    }

    @Override
    public Object toJson(Object value) {
      return write((Collection<?>) value, items);
    }

    @Override
    public String expected() {
      return "a list";
    }
  }

  /** A {@code Set}: a list in JSON, in which nothing stands twice. */
  record Sets(Shape items) implements Shape {
    @Override
    public Object fromJson(Object json) {
      List<Object> elements = elements(json, items, expected());
      Set<Object> set = new LinkedHashSet<>(elements);
      if (set.size() != elements.size()) {
        throw Mismatch.twice(expected());
      }
      return Collections.unmodifiableSet(set);
    }

    @Override
    public Object toJson(Object value) {
      return write((Collection<?>) value, items);
    }

    @Override
    public String expected() {
      return "a list without duplicates";
    }
  }

  /** A {@code Map<String, ?>}. */
  record Maps(Shape values) implements Shape {
    @Override
    public Object fromJson(Object json) {
      if (!(json instanceof Map<?, ?> map)) {
        throw Mismatch.wrong(expected(), json);
      }
      Map<String, Object> result = new LinkedHashMap<>(map.size() * 4 / 3 + 1);
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String key = String.valueOf(entry.getKey());
        try {
          result.put(key, values.fromJson(entry.getValue()));
        } catch (Mismatch mismatch) {
          throw mismatch.under(key);
        }
      }
      return Collections.unmodifiableMap(result);
    }

    @Override
    public Object toJson(Object value) {
      if (value == null) {
        return null;
      }
      Map<?, ?> map = (Map<?, ?>) value;
      Map<String, Object> json = new LinkedHashMap<>(map.size() * 4 / 3 + 1);
      map.forEach((key, element) -> json.put(String.valueOf(key), values.toJson(element)));
      return json;
    }

    @Override
    public String expected() {
      return "an object";
    }
  }

  /** An {@code Optional}: the value itself, or nothing. */
  record Optionals(Shape value) implements Shape {
    @Override
    public Object fromJson(Object json) {
      return json == null ? Optional.empty() : Optional.of(value.fromJson(json));
    }

    @Override
    public Object toJson(Object optional) {
      return optional == null ? null : value.toJson(((Optional<?>) optional).orElse(null));
    }

    @Override
    public String expected() {
      return value.expected();
    }

    @Override
    public Object absent() {
      return Optional.empty();
    }

    @Override
    public boolean mayBeAbsent() {
      return true;
    }
  }

  private static List<Object> elements(Object json, Shape items, String expected) {
    if (!(json instanceof List<?> list)) {
      throw Mismatch.wrong(expected, json);
    }
    List<Object> result = new ArrayList<>(list.size());
    for (Object element : list) {
      try {
        result.add(items.fromJson(element));
      } catch (Mismatch mismatch) {
        throw mismatch.at(result.size());
      }
    }
    return result;
  }

  private static List<Object> write(Collection<?> values, Shape items) {
    if (values == null) {
      return null;
    }
    List<Object> json = new ArrayList<>(values.size());
    for (Object value : values) {
      json.add(items.toJson(value));
    }
    return json;
  }
}
