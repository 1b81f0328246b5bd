package org.ladang.config.provider;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ladang.config.Revision;

/** A revision as the state keeps it. The format's number is for those who will have to read old ones. */
record StoredRevision(
    long number, Instant at, String author, String reason, List<StoredChange> changes) {
  private static final int FORMAT = 1;

  boolean touches(String pid, String key) {
    return changes.stream().anyMatch(c -> c.pid().equals(pid) && c.key().equals(key));
  }

  boolean touches(String pid) {
    return changes.stream().anyMatch(c -> c.pid().equals(pid));
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("number", number);
    json.put("at", at.toString());
    json.put("author", author);
    json.put("reason", reason);
    json.put("changes", changes.stream().map(StoredChange::toJson).toList());
    return json;
  }

  static StoredRevision fromJson(Map<?, ?> json) {
    List<StoredChange> changes = new ArrayList<>();
    ((List<?>) json.get("changes"))
        .forEach(change -> changes.add(StoredChange.fromJson((Map<?, ?>) change)));
    return new StoredRevision(
        ((Number) json.get("number")).longValue(),
        Instant.parse(String.valueOf(json.get("at"))),
        String.valueOf(json.get("author")),
        String.valueOf(json.get("reason")),
        List.copyOf(changes));
  }

  Revision shown() {
    return new Revision(
        number, at, author, reason, changes.stream().map(StoredChange::shown).toList());
  }
}
