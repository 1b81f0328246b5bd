package org.ladang.security.provider;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A session as it is kept; its id and CSRF token are not.
 *
 * @param key the SHA-256 of the id
 * @param user whose it is
 * @param token the id of the API token with which it was opened; empty when it was a password
 * @param used when it was last used; may lag by some minutes
 */
record SessionRecord(String key, String user, String token, Instant opened, Instant used) {

  static SessionRecord of(String key, Object state) {
    Map<String, Object> map = Shape.map(state);
    return new SessionRecord(
        key,
        Shape.text(map, "user"),
        Shape.text(map, "token"),
        Shape.instant(map, "opened"),
        Shape.instant(map, "used"));
  }

  Map<String, Object> toState() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("user", user);
    map.put("token", token);
    map.put("opened", opened.toString());
    map.put("used", used.toString());
    return map;
  }

  SessionRecord withUsed(Instant at) {
    return new SessionRecord(key, user, token, opened, at);
  }
}
