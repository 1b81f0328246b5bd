package org.ladang.kernel.provider.passport;

import java.util.List;
import java.util.Map;

/**
 * One clause of a manifest header (OSGi Core 8, section 3.2.4), without the attributes' types.
 *
 * @param paths what it is about: a package, a namespace, a symbolic name
 * @param attributes {@code key=value} and {@code key:Type=value}
 * @param directives {@code key:=value}
 */
record Clause(List<String> paths, Map<String, String> attributes, Map<String, String> directives) {

  /** An attribute, or {@code otherwise} where there is none. */
  String attribute(String key, String otherwise) {
    return attributes.getOrDefault(key, otherwise);
  }
}
