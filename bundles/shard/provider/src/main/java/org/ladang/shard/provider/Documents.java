package org.ladang.shard.provider;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Field;
import org.ladang.shard.Table;

/**
 * Splits a row's fields into typed columns and one JSON document, and joins them again. Numbers with a fraction come
 * back from the document as {@code BigDecimal}, so that none of them changes on the way.
 */
final class Documents {
  /** The most characters that a row's texts and document may have together. */
  static final int MAX_CHARS = 1_000_000;

  private static final int MAX_DEPTH = 100;
  private static final JSON CODEC =
      JSON.std
          .with(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS)
          .without(JSON.Feature.PRETTY_PRINT_OUTPUT);

  private Documents() {}

  /** What is stored for these fields. */
  static Content split(Table table, String owner, String id, Map<String, Object> fields) {
    List<Object> columns = new ArrayList<>(table.fields().size());
    long size = 0;
    for (Field field : table.fields()) {
      Object given = fields.get(field.name());
      Object value = given == null ? null : Values.in(field, given);
      columns.add(value);
      size += value instanceof String text ? text.length() : 0;
    }
    Map<String, Object> rest = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : fields.entrySet()) {
      if (entry.getValue() != null && table.field(entry.getKey()).isEmpty()) {
        rest.put(entry.getKey(), shaped(entry.getKey(), entry.getValue(), 0));
      }
    }
    String document = rest.isEmpty() ? "" : write(rest);
    size += document.length();
    if (size > MAX_CHARS) {
      throw Refusals.tooLarge(owner, id, size);
    }
    return new Content(columns, document);
  }

  /** The fields of what was stored. */
  static Map<String, Object> join(Table table, Content content) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < table.fields().size(); i++) {
      Object value = content.columns().get(i);
      if (value != null) {
        fields.put(table.fields().get(i).name(), Values.out(value));
      }
    }
    if (!content.document().isEmpty()) {
      // The document may still carry a field that was declared after the row was written: the
      // column is what counts.
      read(content.document())
          .forEach(
              (name, value) -> {
                if (table.field(name).isEmpty()) {
                  fields.put(name, value);
                }
              });
    }
    return fields;
  }

  static Map<String, Object> read(String document) {
    try {
      return CODEC.mapFrom(document);
    } catch (IOException e) {
      throw new LadangException(
          "LADANG-SHARD-012", "A row's document is damaged: it is no JSON any more.", e);
    }
  }

  static String write(Map<String, Object> fields) {
    try {
      return CODEC.asString(fields);
    } catch (IOException e) {
      throw new LadangException(
          "LADANG-SHARD-004", "The fields cannot be written as JSON: " + e.getMessage() + ".", e);
    }
  }

  private static Object shaped(String field, Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw Refusals.wrongType(
          field, "values nested at most " + MAX_DEPTH + " deep", "deeper ones");
    }
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigDecimal
        || value instanceof BigInteger) {
      return value;
    }
    if (value instanceof Number n && Double.isFinite(n.doubleValue())) {
      return n;
    }
    if (value instanceof Instant moment) {
      return moment.toString();
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>(list.size());
      for (Object item : list) {
        items.add(shaped(field, item, depth + 1));
      }
      return items;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> members = new LinkedHashMap<>();
      for (Map.Entry<?, ?> member : map.entrySet()) {
        if (!(member.getKey() instanceof String key)) {
          throw Refusals.wrongType(field, "objects whose keys are text", member.getKey());
        }
        members.put(key, shaped(field, member.getValue(), depth + 1));
      }
      return members;
    }
    throw Refusals.wrongType(
        field, "JSON-shaped values (map, list, text, finite number, truth value)", value);
  }
}
