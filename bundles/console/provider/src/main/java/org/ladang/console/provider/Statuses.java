package org.ladang.console.provider;

import java.util.Map;

/** Which HTTP status a code stands for. */
final class Statuses {
  /** A code that is not listed: the request was understood, and the action refused it for a reason of its own. */
  private static final int REFUSED = 422;

  private static final Map<String, Integer> BY_CODE =
      Map.ofEntries(
          Map.entry("LADANG-GATE-001", 404),
          Map.entry("LADANG-GATE-002", 400),
          Map.entry("LADANG-GATE-003", 403),
          Map.entry("LADANG-GATE-004", 504),
          Map.entry("LADANG-GATE-005", 503),
          Map.entry("LADANG-GATE-006", 500),
          Map.entry("LADANG-GATE-007", 503),
          Map.entry("LADANG-GATE-008", 503),
          Map.entry("LADANG-REGISTRY-001", 404),
          Map.entry("LADANG-SECURITY-003", 429),
          Map.entry("LADANG-SECURITY-005", 503),
          Map.entry("LADANG-SECURITY-010", 401),
          Map.entry("LADANG-SECURITY-011", 409),
          Map.entry("LADANG-SECURITY-014", 404),
          Map.entry("LADANG-SECURITY-015", 409),
          Map.entry("LADANG-SECURITY-020", 404),
          Map.entry("LADANG-SECURITY-021", 409));

  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(406, "Not Acceptable"),
          Map.entry(409, "Conflict"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(422, "Refused"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Gateway Timeout"));

  private Statuses() {}

  static int of(String code) {
    return BY_CODE.getOrDefault(code, REFUSED);
  }

  /** For somebody who could not be made known: throttled, busy, or simply unknown. */
  static int unknown(String code) {
    int status = of(code);
    return status == 429 || status == 503 ? status : 401;
  }

  static String title(int status) {
    return TITLES.getOrDefault(status, "Problem");
  }
}
