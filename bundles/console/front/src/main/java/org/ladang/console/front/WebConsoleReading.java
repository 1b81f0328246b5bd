package org.ladang.console.front;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which requests to the Felix Web Console only read. Its pages change bundles, configurations, start levels and the
 * process itself by POST, and its configuration page takes {@code GET ...?post=true} for a POST.
 */
final class WebConsoleReading {
  private static final Set<String> METHODS = Set.of("GET", "HEAD");
  private static final Set<String> HIDDEN_CHANGES =
      Set.of("post", "action", "apply", "delete", "create", "unbind", "op");

  private WebConsoleReading() {}

  /** Whether a request changes nothing. */
  static boolean onlyReads(String method, Map<String, List<String>> query) {
    return METHODS.contains(method) && query.keySet().stream().noneMatch(HIDDEN_CHANGES::contains);
  }
}
