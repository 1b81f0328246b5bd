package org.ladang.console.provider;

/** The cookie of a session, out of reach of scripts and of other sites. */
final class SessionCookie {
  static final String NAME = "ladang_session";
  private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";

  private SessionCookie() {}

  static String set(String session, boolean secure) {
    return NAME + "=" + session + ATTRIBUTES + (secure ? "; Secure" : "");
  }

  static String forget(boolean secure) {
    return NAME + "=" + ATTRIBUTES + "; Max-Age=0" + (secure ? "; Secure" : "");
  }
}
