package org.ladang.console.front;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ladang.console.WebResponse;

/**
 * A refusal as an RFC 9457 problem document.
 *
 * @param status the HTTP status
 * @param title the kind of problem, in few words
 * @param code stable, listed in the room's README
 * @param detail what is wrong, as a sentence
 * @param next what to do about it, as a sentence; may be empty
 */
record Problem(int status, String title, String code, String detail, String next) {

  /** The document. */
  WebResponse response() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", "urn:ladang:problem:" + code);
    document.put("title", title);
    document.put("status", status);
    document.put("detail", detail);
    document.put("code", code);
    if (!next.isEmpty()) {
      document.put("next", next);
    }
    try {
      return WebResponse.of(status, "application/problem+json", JSON.std.asString(document) + "\n");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static Problem foreignHost(String host) {
    return new Problem(
        421,
        "Misdirected Request",
        "LADANG-CONSOLE-001",
        host.isEmpty()
            ? "The request names no host."
            : "This runtime is not called \"" + host + "\".",
        "Use 127.0.0.1 or localhost with the right port, or add the name to the setting hosts of "
            + FrontConfig.PID
            + ".");
  }

  static Problem foreignOrigin() {
    return new Problem(
        403,
        "Forbidden",
        "LADANG-CONSOLE-002",
        "A change was asked for by a page of another site.",
        "Send it from this runtime's own pages, or from a program without an Origin header.");
  }

  static Problem bodyTooBig(int most) {
    return new Problem(
        413,
        "Content Too Large",
        "LADANG-CONSOLE-003",
        "The body of the request has more than " + most + " bytes.",
        "Send less at once, or raise max.body.bytes of " + FrontConfig.PID + ".");
  }

  static Problem notThere() {
    return new Problem(
        503,
        "Service Unavailable",
        "LADANG-CONSOLE-004",
        "The console is not running at this moment.",
        "Try again in a second; `ladang status` and the shell's `plugin:why console` say more.");
  }

  static Problem late(int seconds) {
    return new Problem(
        504,
        "Gateway Timeout",
        "LADANG-CONSOLE-005",
        "The request was not answered within " + seconds + " seconds.",
        "What it asked for may still happen; look before you ask again.");
  }

  static Problem broken() {
    return new Problem(
        500,
        "Internal Server Error",
        "LADANG-CONSOLE-006",
        "The console failed while it answered this request.",
        "The log says why.");
  }

  static Problem tooMany(int most) {
    return new Problem(
        503,
        "Service Unavailable",
        "LADANG-CONSOLE-007",
        "More than " + most + " requests are under way.",
        "Try again in a second.");
  }

  static Problem tooManyUploads() {
    return new Problem(
        503,
        "Service Unavailable",
        "LADANG-CONSOLE-046",
        "Two jars are being dropped at this moment.",
        "Try again in a second.");
  }

  static Problem badRequest(String detail) {
    return new Problem(400, "Bad Request", "LADANG-CONSOLE-008", detail, "");
  }

  static Problem methodNotAllowed(String method, String allow) {
    return new Problem(
        405,
        "Method Not Allowed",
        "LADANG-CONSOLE-009",
        "This address does not take " + method + ".",
        "Use one of: " + allow + ".");
  }

  static Problem notFound(String path) {
    return new Problem(
        404, "Not Found", "LADANG-CONSOLE-010", "There is nothing at " + path + ".", "");
  }

  static Problem readOnly() {
    return new Problem(
        403,
        "Forbidden",
        "LADANG-CONSOLE-020",
        "The Felix Web Console only shows here: what it changes would bypass deploy and config.",
        "Use the actions plugin:*, deploy:* and config:* in the shell or over REST.");
  }

  static Problem unguarded() {
    return new Problem(
        503,
        "Service Unavailable",
        "LADANG-CONSOLE-021",
        "The Felix Web Console is closed: its framework property felix.webconsole.security.providers does not name"
            + " ladang.",
        "Put felix.webconsole.security.providers=ladang into conf/config.properties and restart.");
  }

  static Problem adminsOnly() {
    return new Problem(
        403,
        "Forbidden",
        "LADANG-CONSOLE-022",
        "The Felix Web Console is for the role ADMIN.",
        "Sign in as an administrator.");
  }

  static Problem signIn(String code, String sentence) {
    return new Problem(
        401,
        "Unauthorized",
        code,
        sentence,
        "Give an administrator's name and password, or an API token as the password.");
  }
}
