package org.ladang.console.provider;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes arguments of query parameters, by what the action's schema says of each. What does not fit its schema is passed
 * on as the text that it is: the gate refuses it with the sentence that every door shows.
 */
final class QueryArguments {
  private QueryArguments() {}

  /**
   * The arguments.
   *
   * @param schema the schema of the action's arguments
   */
  static Map<String, Object> of(Map<String, List<String>> query, Map<String, Object> schema) {
    Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> map ? map : Map.of();
    Map<String, Object> arguments = new LinkedHashMap<>();
    query.forEach(
        (name, values) -> {
          Map<?, ?> property = properties.get(name) instanceof Map<?, ?> map ? map : Map.of();
          arguments.put(name, argument(values, property));
        });
    return arguments;
  }

  private static Object argument(List<String> values, Map<?, ?> property) {
    if ("array".equals(property.get("type"))) {
      Map<?, ?> items = property.get("items") instanceof Map<?, ?> map ? map : Map.of();
      if (values.size() == 1 && values.get(0).strip().startsWith("[")) {
        return json(values.get(0));
      }
      List<Object> list = new ArrayList<>();
      values.forEach(value -> list.add(single(value, items)));
      return list;
    }
    return values.size() == 1 ? single(values.get(0), property) : List.copyOf(values);
  }

  private static Object single(String value, Map<?, ?> property) {
    Object type = property.get("type");
    if ("integer".equals(type)) {
      return integer(value);
    }
    if ("number".equals(type)) {
      return number(value);
    }
    if ("boolean".equals(type) && (value.equals("true") || value.equals("false"))) {
      return Boolean.valueOf(value);
    }
    return "object".equals(type) ? json(value) : value;
  }

  private static Object integer(String value) {
    try {
      return Long.valueOf(value);
    } catch (NumberFormatException other) {
      return value;
    }
  }

  private static Object number(String value) {
    try {
      return new BigDecimal(value);
    } catch (NumberFormatException other) {
      return value;
    }
  }

  private static Object json(String value) {
    try {
      return Json.value(value);
    } catch (IOException other) {
      return value;
    }
  }
}
