package org.ladang.config.provider;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The values that people set, as a journal of revisions in the state: a change is one atomic write of one key. The
 * oldest revisions are folded into a base, so that the journal stays small. Not thread-safe.
 */
final class RuntimeLayer {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeLayer.class);
  private static final String BASE = "base";
  private static final String REVISION = "revision/";

  /** A value and the revision that set it. */
  record Entry(Object value, long revision, String author, boolean secret) {}

  private final State state;
  private final int keep;
  private final int slack;
  private long folded;
  private final Map<String, Map<String, Entry>> base = new TreeMap<>();
  private final TreeMap<Long, StoredRevision> revisions = new TreeMap<>();
  private Map<String, Map<String, Entry>> values = Map.of();

  /**
   * @param keep how many revisions are kept at the least
   * @param slack how many more may gather before they are folded
   */
  RuntimeLayer(State state, int keep, int slack) {
    this.state = state;
    this.keep = keep;
    this.slack = slack;
    load();
  }

  private void load() {
    Map<String, Object> all = state.all();
    if (all.get(BASE) instanceof Map<?, ?> stored) {
      folded = ((Number) stored.get("upTo")).longValue();
      readBase((Map<?, ?>) stored.get("values"));
    }
    all.forEach(
        (key, value) -> {
          if (key.startsWith(REVISION)) {
            StoredRevision revision = StoredRevision.fromJson((Map<?, ?>) value);
            if (revision.number() > folded) {
              revisions.put(revision.number(), revision);
            } else {
              // Folded, but the runtime ended before it was removed.
              state.remove(key);
            }
          }
        });
    values = at(newest());
  }

  private void readBase(Map<?, ?> pids) {
    pids.forEach(
        (pid, keys) -> {
          Map<String, Entry> entries = new TreeMap<>();
          ((Map<?, ?>) keys)
              .forEach((key, entry) -> entries.put(key.toString(), entry((Map<?, ?>) entry)));
          base.put(pid.toString(), entries);
        });
  }

  private static Entry entry(Map<?, ?> json) {
    return new Entry(
        Canonical.of(json.get("value")),
        ((Number) json.get("revision")).longValue(),
        String.valueOf(json.get("author")),
        Boolean.TRUE.equals(json.get("secret")));
  }

  long newest() {
    return revisions.isEmpty() ? folded : revisions.lastKey();
  }

  /** The oldest revision whose layer is still known. */
  long oldest() {
    return folded;
  }

  Set<String> pids() {
    return values.keySet();
  }

  Map<String, Entry> values(String pid) {
    return values.getOrDefault(pid, Map.of());
  }

  Optional<StoredRevision> revision(long number) {
    return Optional.ofNullable(revisions.get(number));
  }

  /** Newest first. */
  List<StoredRevision> history() {
    return List.copyOf(revisions.descendingMap().values());
  }

  /** The newest revision after {@code number} that touches the key. */
  Optional<StoredRevision> laterThan(long number, String pid, String key) {
    return revisions.descendingMap().headMap(number, false).values().stream()
        .filter(revision -> revision.touches(pid, key))
        .findFirst();
  }

  /** Whether the key was a secret when it was set; its bundle may be gone since. */
  boolean wasSecret(String pid, String key) {
    Entry oldest = base.getOrDefault(pid, Map.of()).get(key);
    return oldest != null && oldest.secret()
        || revisions.values().stream()
            .flatMap(revision -> revision.changes().stream())
            .anyMatch(c -> c.secret() && c.pid().equals(pid) && c.key().equals(key));
  }

  /** Records a change, durably, and makes it the present layer. */
  StoredRevision append(Instant at, String author, String reason, List<StoredChange> changes) {
    StoredRevision next = new StoredRevision(newest() + 1, at, author, reason, changes);
    Map<String, Object> json = next.toJson();
    boolean[] mine = {false};
    state.update(
        key(next.number()),
        present -> {
          mine[0] = present == null;
          return mine[0] ? json : present;
        });
    if (!mine[0]) {
      throw new LadangException(
              "LADANG-CONFIG-016", "Somebody else changed the configuration at the same moment.")
          .next("Try again.");
    }
    revisions.put(next.number(), next);
    values = at(next.number());
    if (revisions.size() > keep + slack) {
      tidy();
    }
    return next;
  }

  /** The layer as it was after a revision that is not older than {@link #oldest}. */
  Map<String, Map<String, Entry>> at(long number) {
    Map<String, Map<String, Entry>> layer = new TreeMap<>();
    base.forEach((pid, entries) -> layer.put(pid, new TreeMap<>(entries)));
    for (StoredRevision revision : revisions.headMap(number, true).values()) {
      for (StoredChange change : revision.changes()) {
        Map<String, Entry> keys = layer.computeIfAbsent(change.pid(), pid -> new TreeMap<>());
        change
            .after()
            .ifPresentOrElse(
                value ->
                    keys.put(
                        change.key(),
                        new Entry(value, revision.number(), revision.author(), change.secret())),
                () -> keys.remove(change.key()));
        if (keys.isEmpty()) {
          layer.remove(change.pid());
        }
      }
    }
    return layer;
  }

  /** The change is on disk already: it must not fail because the journal could not be shortened. */
  private void tidy() {
    try {
      fold();
    } catch (LadangException e) {
      LOG.atWarn().setCause(e).log("Old revisions cannot be folded; the next change tries again.");
    }
  }

  private void fold() {
    List<Long> old = new ArrayList<>(revisions.keySet()).subList(0, revisions.size() - keep);
    long upTo = old.get(old.size() - 1);
    Map<String, Map<String, Entry>> layer = at(upTo);
    state.put(BASE, Map.of("upTo", upTo, "values", toJson(layer)));
    base.clear();
    base.putAll(layer);
    folded = upTo;
    for (long number : List.copyOf(old)) {
      revisions.remove(number);
      state.remove(key(number));
    }
  }

  private static Map<String, Object> toJson(Map<String, Map<String, Entry>> layer) {
    Map<String, Object> pids = new LinkedHashMap<>();
    layer.forEach(
        (pid, entries) -> {
          Map<String, Object> keys = new LinkedHashMap<>();
          entries.forEach(
              (key, entry) ->
                  keys.put(
                      key,
                      Map.of(
                          "value", entry.value(),
                          "revision", entry.revision(),
                          "author", entry.author(),
                          "secret", entry.secret())));
          pids.put(pid, keys);
        });
    return pids;
  }

  private static String key(long number) {
    return REVISION + String.format("%012d", number);
  }
}
