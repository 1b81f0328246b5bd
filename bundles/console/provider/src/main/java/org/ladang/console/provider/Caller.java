package org.ladang.console.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;

/**
 * Who is signed in, and by what.
 *
 * @param principal who
 * @param session the session's id where it was a cookie, else empty; a secret
 * @param csrf the session's token for changes, else empty
 */
record Caller(Principal principal, String session, String csrf) {

  /** Somebody with an API token. */
  static Caller byToken(Principal principal) {
    return new Caller(principal, "", "");
  }

  boolean byCookie() {
    return !session.isEmpty();
  }

  /** A name for the session that may stand in logs; its id cannot be found from it. */
  String sessionName() {
    return byCookie() ? "web-" + digest(session).substring(0, 12) : "";
  }

  boolean may(Role role) {
    return principal.role().includes(role);
  }

  private static String digest(String secret) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256.", impossible);
    }
  }
}
