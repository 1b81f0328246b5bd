package org.ladang.config.provider;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The environment's values. A variable's name cannot be read back into a PID and a key ({@code MAXPOOL} may be {@code
 * maxPool}), so the other way round: each known key has two names, the full and the short one, and is looked for. A
 * variable that fits two keys sets neither.
 */
final class Variables {
  private static final String PREFIX = "LADANG_";

  /** A key's value and the variable that it comes from. */
  record Found(String variable, String value) {}

  /** What belongs to which PID, and what is wrong, as sentences by PID. */
  record Assigned(Map<String, Map<String, Found>> values, Map<String, List<String>> problems) {
    Map<String, Found> of(String pid) {
      return values.getOrDefault(pid, Map.of());
    }

    List<String> problemsOf(String pid) {
      return problems.getOrDefault(pid, List.of());
    }
  }

  private record Slot(String pid, String key) {
    @Override
    public String toString() {
      return key + " of " + pid;
    }
  }

  private final Map<String, String> environment = new TreeMap<>();

  Variables(Map<String, String> environment) {
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            this.environment.put(name, value);
          }
        });
  }

  /** The name with everything in it: {@code LADANG_ORG_LADANG_SHARD_MAXPOOL}. */
  static String fullName(String pid, String key) {
    return PREFIX + upper(pid) + "_" + upper(key);
  }

  /** The name without {@code org.ladang.}: {@code LADANG_SHARD_MAXPOOL}. */
  static String shortName(String pid, String key) {
    return PREFIX + upper(Pids.withoutPrefix(pid)) + "_" + upper(key);
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /**
   * Gives each variable to the key that it fits.
   *
   * @param keys the known keys of each PID
   */
  Assigned assign(Map<String, ? extends Collection<String>> keys) {
    Assigned assigned = new Assigned(new HashMap<>(), new HashMap<>());
    if (environment.isEmpty()) {
      return assigned;
    }
    Map<String, TreeMap<String, Slot>> fits = new HashMap<>();
    keys.forEach(
        (pid, names) -> {
          for (String key : names) {
            Slot slot = new Slot(pid, key);
            fits.computeIfAbsent(fullName(pid, key), n -> new TreeMap<>()).put("" + slot, slot);
            fits.computeIfAbsent(shortName(pid, key), n -> new TreeMap<>()).put("" + slot, slot);
          }
        });
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      Collection<Slot> slots = fits.getOrDefault(variable.getKey(), new TreeMap<>()).values();
      if (slots.size() == 1) {
        give(assigned, slots.iterator().next(), variable.getKey(), variable.getValue());
      } else if (slots.size() > 1) {
        String sentence =
            variable.getKey()
                + " fits "
                + String.join(" and ", new TreeSet<>(slots.stream().map(Slot::toString).toList()))
                + " and sets none of them: use a file or config:set. [LADANG-CONFIG-011]";
        slots.stream().map(Slot::pid).distinct().forEach(pid -> note(assigned, pid, sentence));
      }
    }
    return assigned;
  }

  private static void give(Assigned assigned, Slot slot, String variable, String value) {
    Map<String, Found> values =
        assigned.values().computeIfAbsent(slot.pid(), pid -> new TreeMap<>());
    Found former = values.get(slot.key());
    Found now = new Found(variable, value);
    if (former == null) {
      values.put(slot.key(), now);
      return;
    }
    boolean full = variable.equals(fullName(slot.pid(), slot.key()));
    values.put(slot.key(), full ? now : former);
    if (!former.value().equals(value)) {
      String winner = full ? variable : former.variable();
      String loser = full ? former.variable() : variable;
      note(
          assigned,
          slot.pid(),
          winner + " and " + loser + " differ: the full name counts. [LADANG-CONFIG-011]");
    }
  }

  private static void note(Assigned assigned, String pid, String sentence) {
    assigned.problems().computeIfAbsent(pid, p -> new ArrayList<>()).add(sentence);
  }
}
