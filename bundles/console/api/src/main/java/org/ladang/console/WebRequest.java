package org.ladang.console;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A request as a value. The front door has already refused foreign hosts, foreign origins and bodies that are too big.
 *
 * @param method upper case
 * @param path decoded and normalised, begins with a slash
 * @param query decoded parameters of the query string, in their order
 * @param headers by lower-case name; several of one name are joined by {@code ", "}, cookies by {@code "; "}
 * @param body the body, read to its end; not to be changed
 * @param remote the caller's IP address
 * @param secure whether it came over TLS
 */
public record WebRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, String> headers,
    byte[] body,
    String remote,
    boolean secure) {

  public WebRequest {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(remote, "remote");
  }

  /** A header; {@code name} in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** A cookie's value. */
  public Optional<String> cookie(String name) {
    for (String pair : headers.getOrDefault("cookie", "").split(";")) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
        return Optional.of(pair.substring(equals + 1).strip());
      }
    }
    return Optional.empty();
  }
}
