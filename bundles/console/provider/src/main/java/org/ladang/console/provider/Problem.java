package org.ladang.console.provider;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ladang.console.WebResponse;
import org.ladang.kernel.LadangException;

/**
 * A refusal as an RFC 9457 problem document.
 *
 * @param status the HTTP status
 * @param code stable, listed in the README of the room that it names
 * @param detail what is wrong, as a sentence
 * @param next what to do about it, as a sentence; may be empty
 * @param details values for programs, JSON-shaped
 */
record Problem(int status, String code, String detail, String next, Map<String, Object> details) {

  Problem(int status, String code, String detail, String next) {
    this(status, code, detail, next, Map.of());
  }

  /** What an exception says, with the status that its code stands for. */
  static Problem of(LadangException failure) {
    return withStatus(Statuses.of(failure.code()), failure);
  }

  /** What an exception says, with that status. */
  static Problem withStatus(int status, LadangException failure) {
    return new Problem(
        status,
        failure.code(),
        failure.getMessage(),
        failure.nextStep().orElse(""),
        failure.details());
  }

  /** The document, as a response. */
  WebResponse response(String traceId) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", "urn:ladang:problem:" + code);
    document.put("title", Statuses.title(status));
    document.put("status", status);
    document.put("detail", detail);
    document.put("code", code);
    if (!next.isEmpty()) {
      document.put("next", next);
    }
    if (!details.isEmpty()) {
      document.put("details", details);
    }
    document.put("traceId", traceId);
    WebResponse response = WebResponse.of(status, "application/problem+json", Json.write(document));
    return status == 503 ? response.header("Retry-After", "1") : response;
  }
}
