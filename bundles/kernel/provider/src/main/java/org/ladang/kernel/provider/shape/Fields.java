package org.ladang.kernel.provider.shape;

import java.util.List;
import java.util.Map;

/** Named values in an order: the components of a record, or the arguments of an action. */
public final class Fields {
  private final String[] names;
  private final Shape[] shapes;

  /**
   * @param names of the values, in their order
   * @param shapes of the values, in the same order
   */
  public Fields(List<String> names, List<Shape> shapes) {
    if (names.size() != shapes.size()) {
      throw new IllegalArgumentException(names.size() + " names for " + shapes.size() + " shapes.");
    }
    this.names = names.toArray(String[]::new);
    this.shapes = shapes.toArray(Shape[]::new);
  }

  /**
   * Reads all values from a JSON object.
   *
   * @param values receives them
   * @param positions where in {@code values} each belongs
   * @throws Mismatch when one is missing, unknown or wrong
   */
  public void read(Map<?, ?> json, Object[] values, int[] positions) {
    int known = 0;
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      Object value = json.get(name);
      if (value != null) {
        known++;
        try {
          values[positions[i]] = shapes[i].fromJson(value);
        } catch (Mismatch mismatch) {
          throw mismatch.under(name);
        }
      } else {
        boolean there = json.containsKey(name);
        known += there ? 1 : 0;
        values[positions[i]] = empty(i, there);
      }
    }
    if (known != json.size()) {
      throw unknown(json);
    }
  }

  /** A JSON null says the same as leaving out, except where any value will do. */
  private Object empty(int i, boolean there) {
    if (shapes[i].mayBeAbsent()) {
      return shapes[i].absent();
    }
    if (!there) {
      throw Mismatch.missing(names[i], shapes[i].expected());
    }
    try {
      return shapes[i].fromJson(null);
    } catch (Mismatch mismatch) {
      throw mismatch.under(names[i]);
    }
  }

  private Mismatch unknown(Map<?, ?> json) {
    List<String> known = List.of(names);
    for (Object name : json.keySet()) {
      if (!(name instanceof String text) || !known.contains(text)) {
        return Mismatch.unknown(String.valueOf(name), known);
      }
    }
    throw new IllegalStateException("The arguments changed while they were read.");
  }
}
