package org.ladang.console.front;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a query string. The servlet's own parameters would mix in those of a form in the body, which has not been read
 * at that moment and counts against other limits.
 */
final class QueryString {
  private static final int MOST_PARAMETERS = 1000;

  private QueryString() {}

  /**
   * The decoded parameters in their order.
   *
   * @param raw as it came; null where there is none
   * @throws IllegalArgumentException when an escape is broken or there are too many parameters
   */
  static Map<String, List<String>> parse(String raw) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (raw == null || raw.isEmpty()) {
      return parameters;
    }
    String[] pairs = raw.split("&");
    if (pairs.length > MOST_PARAMETERS) {
      throw new IllegalArgumentException(
          "The query has more than " + MOST_PARAMETERS + " parameters.");
    }
    for (String pair : pairs) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        parameters.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw new IllegalArgumentException(
          "The query has a broken escape: a % is followed by two hexadecimal digits.", broken);
    }
  }
}
