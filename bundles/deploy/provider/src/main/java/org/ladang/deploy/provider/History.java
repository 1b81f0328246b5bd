package org.ladang.deploy.provider;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.deploy.Attempt.Step;
import org.ladang.kernel.State;

/**
 * The last 500 attempts, durable. Attempts that ended together are written together: one entry of the state, one fsync.
 * Nothing is kept in memory, so that two providers of the room can follow each other without losing any.
 */
final class History {
  static final int KEPT = 500;
  private static final String PREFIX = "attempts.";

  private final State state;

  History(State state) {
    this.state = state;
  }

  /** Writes attempts with the next ids; returns them so. */
  synchronized List<Attempt> append(List<Attempt> attempts) {
    TreeMap<Long, Integer> chunks = chunks();
    long id = chunks.isEmpty() ? 1 : chunks.lastKey() + chunks.lastEntry().getValue();
    List<Attempt> numbered = new ArrayList<>();
    List<Map<String, Object>> values = new ArrayList<>();
    for (Attempt attempt : attempts) {
      Attempt one = numbered(attempt, id + numbered.size());
      numbered.add(one);
      values.add(toMap(one));
    }
    state.put(key(id), values);
    chunks.put(id, values.size());
    forget(chunks);
    return numbered;
  }

  /** The newest, newest first. */
  List<Attempt> newest(int limit) {
    List<Attempt> all = new ArrayList<>();
    state
        .all()
        .forEach(
            (key, value) -> {
              if (key.startsWith(PREFIX) && value instanceof List<?> values) {
                values.forEach(v -> all.add(fromMap((Map<?, ?>) v)));
              }
            });
    Collections.reverse(all);
    int most = Math.max(0, Math.min(limit, KEPT));
    return all.size() > most ? List.copyOf(all.subList(0, most)) : all;
  }

  /** First id of each written group to its size. */
  private TreeMap<Long, Integer> chunks() {
    TreeMap<Long, Integer> chunks = new TreeMap<>();
    state
        .all()
        .forEach(
            (key, value) -> {
              if (key.startsWith(PREFIX) && value instanceof List<?> values) {
                chunks.put(Long.parseLong(key.substring(PREFIX.length())), values.size());
              }
            });
    return chunks;
  }

  /** Whole groups go, as long as enough stay without them. */
  private void forget(TreeMap<Long, Integer> chunks) {
    int total = chunks.values().stream().mapToInt(Integer::intValue).sum();
    while (total - chunks.firstEntry().getValue() >= KEPT) {
      total -= chunks.firstEntry().getValue();
      state.remove(key(chunks.pollFirstEntry().getKey()));
    }
  }

  private static String key(long id) {
    return PREFIX + String.format("%012d", id);
  }

  private static Attempt numbered(Attempt a, long id) {
    return new Attempt(
        id,
        a.at(),
        a.file(),
        a.name(),
        a.version(),
        a.outcome(),
        a.sentence(),
        a.code(),
        a.next(),
        a.author(),
        a.millis(),
        a.steps());
  }

  private static Map<String, Object> toMap(Attempt a) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", a.id());
    map.put("at", a.at().toString());
    map.put("file", a.file());
    map.put("name", a.name());
    map.put("version", a.version());
    map.put("outcome", a.outcome().name());
    map.put("sentence", a.sentence());
    map.put("code", a.code());
    map.put("next", a.next());
    map.put("author", a.author());
    map.put("millis", a.millis());
    Map<String, Object> steps = new LinkedHashMap<>();
    a.steps().forEach(s -> steps.put(s.name(), s.millis()));
    map.put("steps", steps);
    return map;
  }

  private static Attempt fromMap(Map<?, ?> map) {
    List<Step> steps = new ArrayList<>();
    if (map.get("steps") instanceof Map<?, ?> written) {
      written.forEach((k, v) -> steps.add(new Step(k.toString(), ((Number) v).longValue())));
    }
    return new Attempt(
        ((Number) map.get("id")).longValue(),
        Instant.parse(text(map, "at")),
        text(map, "file"),
        text(map, "name"),
        text(map, "version"),
        Outcome.valueOf(text(map, "outcome")),
        text(map, "sentence"),
        text(map, "code"),
        text(map, "next"),
        text(map, "author"),
        ((Number) map.get("millis")).longValue(),
        steps);
  }

  private static String text(Map<?, ?> map, String key) {
    Object value = map.get(key);
    return value == null ? "" : value.toString();
  }
}
