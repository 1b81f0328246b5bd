package org.ladang.console.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.ladang.console.WebRequest;

/**
 * Lets changes under a cookie pass only with the session's own token in a header: a browser sends the cookie along by
 * itself, the header it does not. Security keeps the token with the session, so that it outlives a swap of the console.
 */
final class Csrf {
  static final String HEADER = "X-CSRF-Token";

  private Csrf() {}

  /**
   * Returns when the request may go on.
   *
   * @throws Refused with 403
   */
  static void check(WebRequest request, Caller caller) {
    boolean changes = !request.method().equals("GET") && !request.method().equals("HEAD");
    if (!changes || !caller.byCookie()) {
      return;
    }
    byte[] expected = caller.csrf().getBytes(StandardCharsets.UTF_8);
    byte[] got = request.header("x-csrf-token").orElse("").strip().getBytes(StandardCharsets.UTF_8);
    if (expected.length == 0 || !MessageDigest.isEqual(expected, got)) {
      throw new Refused(
          new Problem(
              403,
              "LADANG-CONSOLE-032",
              "A change under a session's cookie lacks the right " + HEADER + " header.",
              "Take the token from GET /api/v1/session, or use an API token instead of the cookie."));
    }
  }
}
