package org.ladang.console.front;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Name and password of an {@code Authorization: Basic} header (RFC 7617, UTF-8).
 *
 * @param user the name
 * @param password the password, or an API token
 */
record BasicLogin(String user, String password) {
  private static final String SCHEME = "basic ";

  /** What the header says; empty when it is of another scheme or broken. */
  static Optional<BasicLogin> of(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new BasicLogin(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return "BasicLogin[" + user + "]";
  }
}
