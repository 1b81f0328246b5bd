package org.ladang.discovery;

import java.time.Duration;
import java.util.Map;
import org.ladang.kernel.LadangException;

/**
 * A request.
 *
 * @param method for example {@code GET}
 * @param path is put behind the endpoint's base URL; begins with a slash, may have a query
 * @param headers names and values
 * @param body UTF-8; empty for none
 * @param limit how long to wait for the whole answer
 * @param largest bytes that the answer's body may have
 */
public record HttpCall(
    String method,
    String path,
    Map<String, String> headers,
    String body,
    Duration limit,
    int largest) {
  /** How long an answer may take where nothing is said. */
  public static final Duration USUAL_LIMIT = Duration.ofSeconds(5);

  /** How large an answer may be where nothing is said. */
  public static final int USUAL_LARGEST = 1 << 20;

  /**
   * @throws LadangException {@code LADANG-DISCOVERY-010} when it cannot be sent
   */
  public HttpCall {
    headers = Map.copyOf(headers);
    if (!path.startsWith("/") || !method.matches("[A-Z]{1,20}")) {
      throw new LadangException(
              "LADANG-DISCOVERY-010", "“" + method + " " + path + "” is not a request.")
          .next("A method in capitals, and a path that begins with a slash.");
    }
    if (limit.isNegative() || limit.isZero() || largest < 0) {
      throw new LadangException(
          "LADANG-DISCOVERY-010", "A request needs a time and a size above zero.");
    }
  }

  /** Asks for a path. */
  public static HttpCall get(String path) {
    return new HttpCall("GET", path, Map.of(), "", USUAL_LIMIT, USUAL_LARGEST);
  }

  /** Sends JSON. */
  public static HttpCall json(String method, String path, String body) {
    return new HttpCall(
        method, path, Map.of("Content-Type", "application/json"), body, USUAL_LIMIT, USUAL_LARGEST);
  }

  /** The same with another limit. */
  public HttpCall within(Duration time) {
    return new HttpCall(method, path, headers, body, time, largest);
  }
}
