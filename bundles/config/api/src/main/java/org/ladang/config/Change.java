package org.ladang.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A wish to change the run-time layer of one PID.
 *
 * @param pid the PID or its short name
 * @param set the new values; text is converted to the declared type, a list may be given as text with commas
 * @param reset keys whose run-time value is taken away, so that the layer below shows again
 * @param author who wants it
 * @param reason why; may be empty
 */
public record Change(
    String pid, Map<String, Object> set, Set<String> reset, String author, String reason) {

  public Change {
    set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    reset = Set.copyOf(reset);
  }

  /** Sets one key. */
  public static Change of(String pid, String key, Object value, String author, String reason) {
    return new Change(pid, Map.of(key, value), Set.of(), author, reason);
  }
}
