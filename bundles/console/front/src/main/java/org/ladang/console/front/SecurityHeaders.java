package org.ladang.console.front;

import java.util.LinkedHashMap;
import java.util.Map;

/** The headers that every response carries, whoever made it. */
final class SecurityHeaders {
  /** For answers that are data: nothing in them may load, run, or be framed. */
  static final String CSP_DATA =
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  /**
   * For the Felix Web Console, whose pages carry inline scripts and styles: at least nothing foreign is loaded, sent to
   * or may frame it.
   */
  static final String CSP_WEB_CONSOLE =
      "default-src 'self' data: 'unsafe-inline' 'unsafe-eval'; frame-ancestors 'none';"
          + " base-uri 'self'; form-action 'self'";

  private SecurityHeaders() {}

  /** For all responses. */
  static Map<String, String> common() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    return headers;
  }

  /** For the responses of the front door and its handler, where they do not set them themselves. */
  static Map<String, String> data() {
    return Map.of("Content-Security-Policy", CSP_DATA, "Cache-Control", "no-store");
  }
}
