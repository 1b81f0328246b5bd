package org.ladang.console.provider;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ladang.console.WebRequest;

/**
 * Names a request in logs and audit: by the caller's W3C {@code traceparent}, else by its {@code X-Request-Id}, else by a
 * new id. What a caller sends is taken only when it is harmless in a log line.
 */
final class Trace {
  private static final Pattern PARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:/+=-]{1,64}");
  private static final String NONE = "0".repeat(32);

  private final Supplier<String> fresh;

  /**
   * @param fresh gives an id that was not given before
   */
  Trace(Supplier<String> fresh) {
    this.fresh = fresh;
  }

  String id(WebRequest request) {
    Optional<String> parent =
        request
            .header("traceparent")
            .map(PARENT::matcher)
            .filter(Matcher::matches)
            .map(m -> m.group(1))
            .filter(id -> !id.equals(NONE));
    return parent
        .or(() -> request.header("x-request-id").filter(id -> REQUEST_ID.matcher(id).matches()))
        .orElseGet(fresh);
  }
}
