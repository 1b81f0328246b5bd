package org.ladang.config;

import java.util.List;
import java.util.Optional;

/**
 * What is in effect for a PID.
 *
 * @param pid the PID
 * @param name the shortest name that people can use for it
 * @param values key by key, in the declared order, undeclared ones last
 * @param problems sentences about values that are not sound and for that reason do not count, and about required ones
 *     that are missing
 */
public record Effective(String pid, String name, List<Value> values, List<String> problems) {

  public Effective {
    values = List.copyOf(values);
    problems = List.copyOf(problems);
  }

  /** The value of a key. */
  public Optional<Value> value(String key) {
    return values.stream().filter(v -> v.key().equals(key)).findFirst();
  }

  /**
   * The value of a key.
   *
   * @param key the key
   * @param value what is in effect, JSON-shaped; masked for secrets; empty where there is none
   * @param layer the layer that won
   * @param origin which file, variable or revision in that layer
   * @param covered the layers below that have a value too, lowest first, besides the default
   */
  public record Value(
      String key, Optional<Object> value, Layer layer, String origin, List<Layer> covered) {}
}
