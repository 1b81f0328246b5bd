package org.ladang.security.provider;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ladang.kernel.action.Role;

/**
 * A user as it is kept.
 *
 * @param changed when the password was last set
 */
record UserRecord(String name, Role role, Instant created, Instant changed, PasswordHash password) {

  static UserRecord of(String name, Object state) {
    Map<String, Object> map = Shape.map(state);
    return new UserRecord(
        name,
        Role.valueOf(Shape.text(map, "role")),
        Shape.instant(map, "created"),
        Shape.instant(map, "changed"),
        PasswordHash.of(map.get("password")));
  }

  Map<String, Object> toState() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("role", role.name());
    map.put("created", created.toString());
    map.put("changed", changed.toString());
    map.put("password", password.toState());
    return map;
  }

  UserRecord withRole(Role next) {
    return new UserRecord(name, next, created, changed, password);
  }

  UserRecord withPassword(PasswordHash next, Instant at) {
    return new UserRecord(name, role, created, at, next);
  }
}
