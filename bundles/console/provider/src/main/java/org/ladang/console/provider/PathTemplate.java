package org.ladang.console.provider;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A path with parts in braces, each of which stands for one segment. */
final class PathTemplate {
  private final String[] segments;

  PathTemplate(String template) {
    this.segments = template.split("/", -1);
  }

  /** The open parts by name, where the path is of this form. */
  Optional<Map<String, String>> match(String path) {
    String[] actual = path.split("/", -1);
    if (actual.length != segments.length) {
      return Optional.empty();
    }
    Map<String, String> parts = new LinkedHashMap<>();
    for (int i = 0; i < segments.length; i++) {
      if (segments[i].startsWith("{") && !actual[i].isEmpty()) {
        parts.put(segments[i].substring(1, segments[i].length() - 1), actual[i]);
      } else if (!segments[i].equals(actual[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(parts);
  }
}
