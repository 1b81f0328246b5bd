package org.ladang.kernel.provider.action;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes values from a JSON schema, checks them, and spoils them; as much of JSON schema as the processor writes. */
final class Example {
  private Example() {}

  /** A value that the schema allows, with all that is optional or with nothing of it. */
  static Object of(Map<?, ?> schema, boolean full) {
    if (schema.get("enum") instanceof List<?> names) {
      return names.get(0);
    }
    return switch (String.valueOf(schema.get("type"))) {
      case "boolean" -> true;
      case "integer" -> schema.get("maximum") instanceof Number most ? most : Integer.MAX_VALUE;
      case "number" -> 1.5;
      case "array" -> full ? List.of(of((Map<?, ?>) schema.get("items"), true)) : List.of();
      case "object" -> object(schema, full);
      case "string" -> text(schema);
      default -> "anything";
    };
  }

  private static Object text(Map<?, ?> schema) {
    return switch (String.valueOf(schema.get("format"))) {
      case "date-time" -> "2026-01-31T12:00:00Z";
      case "duration" -> "PT10S";
      default -> "x";
    };
  }

  private static Object object(Map<?, ?> schema, boolean full) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach(
          (name, property) -> {
            if (full || ((List<?>) schema.get("required")).contains(name)) {
              object.put(name.toString(), of((Map<?, ?>) property, full));
            }
          });
    } else if (full) {
      object.put("key", of((Map<?, ?>) schema.get("additionalProperties"), true));
    }
    return object;
  }

  /** What of the value the schema does not allow. */
  static List<String> faults(Map<?, ?> schema, Object value, String at) {
    List<String> faults = new ArrayList<>();
    if (schema.isEmpty() || (schema.size() == 1 && schema.containsKey("description"))) {
      return faults;
    }
    boolean fits =
        switch (schema.get("type").toString()) {
          case "boolean" -> value instanceof Boolean;
          case "integer" ->
              (value instanceof Integer
                      || value instanceof Long
                      || value instanceof Short
                      || value instanceof Byte)
                  && ((Number) value).longValue() <= most(schema);
          case "number" -> value instanceof Number;
          case "string" ->
              value instanceof String text
                  && (!(schema.get("enum") instanceof List<?> names) || names.contains(text))
                  && (!(schema.get("maxLength") instanceof Integer most) || text.length() <= most)
                  && (!schema.containsKey("format") || text.matches("PT.*|\\d{4}-.*Z"));
          case "array" -> value instanceof List<?> list && unique(schema, list);
          case "object" -> value instanceof Map<?, ?>;
          default -> value == null;
        };
    if (!fits) {
      faults.add(at + " is " + value + ", not " + schema);
    } else if (value instanceof List<?> list) {
      list.forEach(e -> faults.addAll(faults((Map<?, ?>) schema.get("items"), e, at + "[]")));
    } else if (value instanceof Map<?, ?> object) {
      faults.addAll(members(schema, object, at));
    }
    return faults;
  }

  private static boolean unique(Map<?, ?> schema, List<?> list) {
    return !schema.containsKey("uniqueItems") || list.stream().distinct().count() == list.size();
  }

  private static long most(Map<?, ?> schema) {
    return schema.get("maximum") instanceof Number most
        ? most.longValue()
        : "int32".equals(schema.get("format")) ? Integer.MAX_VALUE : Long.MAX_VALUE;
  }

  private static List<String> members(Map<?, ?> schema, Map<?, ?> object, String at) {
    List<String> faults = new ArrayList<>();
    Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> p ? p : Map.of();
    if (schema.get("required") instanceof List<?> required) {
      required.stream().filter(r -> !object.containsKey(r)).forEach(r -> faults.add(at + "." + r));
    }
    object.forEach(
        (name, value) -> {
          if (properties.get(name) instanceof Map<?, ?> property) {
            faults.addAll(faults(property, value, at + "." + name));
          } else if (schema.get("additionalProperties") instanceof Map<?, ?> rest) {
            faults.addAll(faults(rest, value, at + "." + name));
          } else {
            faults.add(at + "." + name + " is unknown");
          }
        });
    return faults;
  }

  /** Gives every value that differs from a sound one in one place in which the schema then forbids it. */
  static void spoil(Map<?, ?> schema, Object value, Consumer<Object> wrong) {
    if (schema.containsKey("type")) {
      wrong.accept(value instanceof Map<?, ?> ? "text" : Map.of("no", "such"));
      if (value instanceof String) {
        wrong.accept(schema.size() == 1 || schema.containsKey("description") ? 7 : "no such thing");
      }
      if (value instanceof Number) {
        wrong.accept("1x");
      }
      if (value instanceof Integer && most(schema) < Long.MAX_VALUE) {
        wrong.accept(most(schema) + 1);
      }
    }
    if (value instanceof List<?> list && !list.isEmpty()) {
      spoil(
          (Map<?, ?>) schema.get("items"), list.get(0), element -> wrong.accept(List.of(element)));
      if (schema.containsKey("uniqueItems")) {
        wrong.accept(List.of(list.get(0), list.get(0)));
      }
    }
    if (value instanceof Map<?, ?> object) {
      spoilMembers(schema, object, wrong);
    }
  }

  private static void spoilMembers(Map<?, ?> schema, Map<?, ?> object, Consumer<Object> wrong) {
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      wrong.accept(with(object, "stranger", 1));
      for (Object name : (List<?>) schema.get("required")) {
        Map<Object, Object> less = new LinkedHashMap<>(object);
        less.remove(name);
        wrong.accept(less);
      }
      properties.forEach(
          (name, property) ->
              spoil(
                  (Map<?, ?>) property,
                  object.get(name),
                  part -> wrong.accept(with(object, name, part))));
    } else if (schema.get("additionalProperties") instanceof Map<?, ?> rest) {
      spoil(rest, object.get("key"), part -> wrong.accept(with(object, "key", part)));
    }
  }

  private static Map<Object, Object> with(Map<?, ?> object, Object key, Object value) {
    Map<Object, Object> more = new LinkedHashMap<>(object);
    more.put(key, value);
    return more;
  }
}
