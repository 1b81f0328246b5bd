package org.ladang.config.provider;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ladang.config.Difference;

/**
 * One key of a stored revision, with its true values. That it is a secret is stored too: the bundle that says so may be
 * gone when the revision is shown.
 */
record StoredChange(
    String pid, String key, Optional<Object> before, Optional<Object> after, boolean secret) {

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pid", pid);
    json.put("key", key);
    before.ifPresent(value -> json.put("before", value));
    after.ifPresent(value -> json.put("after", value));
    json.put("secret", secret);
    return json;
  }

  static StoredChange fromJson(Map<?, ?> json) {
    return new StoredChange(
        String.valueOf(json.get("pid")),
        String.valueOf(json.get("key")),
        Optional.ofNullable(json.get("before")).map(Canonical::of),
        Optional.ofNullable(json.get("after")).map(Canonical::of),
        Boolean.TRUE.equals(json.get("secret")));
  }

  Difference shown() {
    return new Difference(
        pid,
        key,
        before.map(value -> Secrets.shown(secret, value)),
        after.map(value -> Secrets.shown(secret, value)));
  }
}
