package org.ladang.console;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A response as a value. The front door adds its security headers where the response does not set them itself.
 *
 * @param status the HTTP status
 * @param headers by name, in their order
 * @param body the body; not to be changed; empty where there is none
 */
public record WebResponse(int status, Map<String, List<String>> headers, byte[] body) {
  private static final byte[] NOTHING = new byte[0];

  public WebResponse {
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
  }

  /** A response without a body. */
  public static WebResponse empty(int status) {
    return new WebResponse(status, Map.of(), NOTHING);
  }

  /** A response with a body of that type. */
  public static WebResponse of(int status, String contentType, byte[] body) {
    return new WebResponse(status, Map.of("Content-Type", List.of(contentType)), body);
  }

  /** A response with a text of that type, in UTF-8. */
  public static WebResponse of(int status, String contentType, String text) {
    return of(status, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same response with one more header; one of the same name stays. */
  public WebResponse header(String name, String value) {
    Map<String, List<String>> more = new LinkedHashMap<>(headers);
    List<String> values = new ArrayList<>(more.getOrDefault(name, List.of()));
    values.add(value);
    more.put(name, List.copyOf(values));
    return new WebResponse(status, more, body);
  }

  /** The body as UTF-8 text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
