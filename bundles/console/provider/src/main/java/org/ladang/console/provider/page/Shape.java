package org.ladang.console.provider.page;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON-shaped object that an action gave, read without trust: what is missing or of another kind is empty, so that a
 * newer or older room costs a figure and not the page.
 *
 * @param members by name
 */
record Shape(Map<?, ?> members) {
  static Shape of(Object value) {
    return new Shape(value instanceof Map<?, ?> map ? map : Map.of());
  }

  static List<Shape> list(Object value) {
    return value instanceof List<?> list ? list.stream().map(Shape::of).toList() : List.of();
  }

  String text(String name) {
    Object value = members.get(name);
    return value == null ? "" : String.valueOf(value);
  }

  double number(String name) {
    return members.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  long whole(String name) {
    return members.get(name) instanceof Number number ? number.longValue() : 0;
  }

  boolean yes(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  boolean has(String name) {
    return members.get(name) != null;
  }

  Shape shape(String name) {
    return of(members.get(name));
  }

  List<Shape> shapes(String name) {
    return list(members.get(name));
  }

  List<String> texts(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  Optional<Instant> time(String name) {
    try {
      return has(name) ? Optional.of(Instant.parse(text(name))) : Optional.empty();
    } catch (DateTimeParseException other) {
      return Optional.empty();
    }
  }
}
