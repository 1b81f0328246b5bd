package org.ladang.console.provider;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.ladang.console.WebRequest;

/** What a caller sends and wants to get: JSON, as far as this door is concerned. */
final class Accepts {
  private static final Set<String> READABLE =
      Set.of("*/*", "application/*", "application/json", "application/problem+json");

  private Accepts() {}

  /**
   * Refuses a caller who wants no JSON, and a body that is none.
   *
   * @throws Refused with 406 or 415
   */
  static void check(WebRequest request) {
    if (!wants(request, READABLE)) {
      throw new Refused(
          new Problem(
              406,
              "LADANG-CONSOLE-035",
              "This door answers in JSON only.",
              "Send Accept: application/json."));
    }
    if (request.body().length > 0
        && !request.header("content-type").map(Accepts::json).orElse(false)) {
      throw new Refused(
          new Problem(
              415,
              "LADANG-CONSOLE-036",
              "The body is not announced as JSON.",
              "Send Content-Type: application/json."));
    }
  }

  /** Whether the caller would rather see a page. */
  static boolean page(WebRequest request) {
    return request.headers().containsKey("accept") && wants(request, Set.of("text/html"));
  }

  private static boolean wants(WebRequest request, Set<String> types) {
    String accept = request.headers().getOrDefault("accept", "*/*");
    return accept.isBlank()
        || Arrays.stream(accept.split(",")).map(Accepts::type).anyMatch(types::contains);
  }

  private static boolean json(String contentType) {
    String type = type(contentType);
    return type.equals("application/json") || type.endsWith("+json");
  }

  private static String type(String withParameters) {
    return withParameters.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
