package org.ladang.shell.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ladang.kernel.action.ActionInfo;

/**
 * One argument of an action, read from its schema.
 *
 * @param name as the gate knows it
 * @param schema its JSON schema
 * @param required whether a call needs it
 */
record Argument(String name, Map<String, Object> schema, boolean required) {

  /** The arguments in the order of the method. */
  static List<Argument> of(ActionInfo action) {
    List<Argument> arguments = new ArrayList<>();
    List<?> required =
        action.arguments().get("required") instanceof List<?> list ? list : List.of();
    if (action.arguments().get("properties") instanceof Map<?, ?> properties) {
      properties.forEach(
          (name, schema) ->
              arguments.add(
                  new Argument(name.toString(), schemaOf(schema), required.contains(name))));
    }
    return arguments;
  }

  /** The argument of this name; {@code --max-rows} finds {@code maxRows}, and so does {@code max_rows}. */
  static Optional<Argument> find(List<Argument> arguments, String name) {
    Optional<Argument> exact = arguments.stream().filter(a -> a.name.equals(name)).findFirst();
    return exact.isPresent()
        ? exact
        : arguments.stream().filter(a -> plain(a.name).equals(plain(name))).findFirst();
  }

  boolean is(String type) {
    return type.equals(schema.get("type"));
  }

  /** Whether it is one of a few words. */
  boolean isChoice() {
    return schema.get("enum") instanceof List<?>;
  }

  String description() {
    return schema.get("description") instanceof String text ? text : "";
  }

  /** The values it may have, when they are few. */
  List<String> values() {
    if (is("boolean")) {
      return List.of("true", "false");
    }
    return schema.get("enum") instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** Its type in a word or two: {@code text}, {@code whole number}, {@code one of A, B}. */
  String type() {
    return type(schema);
  }

  /** A value that a reader can take as a pattern. */
  String example() {
    List<String> values = values();
    if (!values.isEmpty()) {
      return values.get(0);
    }
    return switch (String.valueOf(schema.get("type"))) {
      case "integer" -> "1";
      case "number" -> "1.5";
      case "array" -> "a,b";
      case "object" -> "'{…}'";
      default ->
          switch (String.valueOf(schema.get("format"))) {
            case "date-time" -> "2026-01-31T12:00:00Z";
            case "duration" -> "30s";
            default -> "…";
          };
    };
  }

  private static String type(Map<String, Object> schema) {
    if (schema.get("enum") instanceof List<?> list) {
      return list.stream().map(String::valueOf).collect(Collectors.joining(", ", "one of ", ""));
    }
    return switch (String.valueOf(schema.get("type"))) {
      case "integer" -> "whole number";
      case "number" -> "number";
      case "boolean" -> "true or false";
      case "array" -> "list of " + type(schemaOf(schema.get("items")));
      case "object" -> "JSON object";
      case "string" ->
          switch (String.valueOf(schema.get("format"))) {
            case "date-time" -> "point in time";
            case "duration" -> "duration";
            default -> "text";
          };
      default -> "any JSON";
    };
  }

  private static Map<String, Object> schemaOf(Object value) {
    Map<String, Object> schema = new java.util.LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, entry) -> schema.put(key.toString(), entry));
    }
    return schema;
  }

  private static String plain(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }
}
