package org.ladang.security.provider;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ladang.kernel.action.Role;

/**
 * An API token as it is kept; the token itself is not.
 *
 * @param id the first 16 hexadecimal digits of the hash: names the token in lists
 * @param hash its SHA-256
 * @param used when it was last used; {@link Instant#EPOCH} when never. May lag by a minute
 */
record TokenRecord(
    String id,
    String hash,
    String name,
    String owner,
    Role role,
    Instant created,
    Instant expires,
    Instant used) {

  static TokenRecord of(String id, Object state) {
    Map<String, Object> map = Shape.map(state);
    return new TokenRecord(
        id,
        Shape.text(map, "hash"),
        Shape.text(map, "name"),
        Shape.text(map, "owner"),
        Role.valueOf(Shape.text(map, "role")),
        Shape.instant(map, "created"),
        Shape.instant(map, "expires"),
        Shape.instant(map, "used"));
  }

  Map<String, Object> toState() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("hash", hash);
    map.put("name", name);
    map.put("owner", owner);
    map.put("role", role.name());
    map.put("created", created.toString());
    map.put("expires", expires.toString());
    map.put("used", used.toString());
    return map;
  }

  /** Owner and name, as it stands in audit: {@code ana/ci}. */
  String principal() {
    return owner + "/" + name;
  }

  TokenRecord withUsed(Instant at) {
    return new TokenRecord(id, hash, name, owner, role, created, expires, at);
  }
}
