package org.ladang.config.provider;

import java.util.List;
import java.util.Map;
import org.ladang.config.Layer;

/**
 * What is in effect for a PID besides the defaults.
 *
 * @param winners by key
 * @param problems sentences about values that do not count
 */
record Resolved(Map<String, Winner> winners, List<String> problems) {
  /**
   * The value that won.
   *
   * @param typed in its declared Java type
   * @param covered the layers below that have one too, lowest first
   */
  record Winner(Object typed, Layer layer, String origin, List<Layer> covered) {}
}
