package org.ladang.config.provider;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ladang.kernel.Events;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what is in effect on to ConfigurationAdmin, tells once of each value that does not count, and remembers what
 * could not be handed on. Not thread-safe.
 */
final class Handover {
  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  private final Projection projection;
  private final Events events;
  private final Map<String, List<String>> problems = new TreeMap<>();
  private final Map<String, String> failures = new TreeMap<>();

  Handover(Projection projection, Events events) {
    this.projection = projection;
    this.events = events;
  }

  /** The PIDs that were handed on before. */
  Set<String> pids() {
    return projection.pids();
  }

  /** The PIDs to try again. */
  Set<String> failed() {
    return new TreeSet<>(failures.keySet());
  }

  /** Sentences about all that is not as it should be. */
  List<String> problems() {
    List<String> all = new ArrayList<>();
    problems.values().forEach(all::addAll);
    all.addAll(failures.values());
    return all;
  }

  void show(Layers layers, Set<String> pids) {
    for (String pid : pids) {
      Resolved resolved = layers.resolve(pid);
      note(pid, resolved.problems());
      Map<String, Object> values = new TreeMap<>();
      resolved.winners().forEach((key, winner) -> values.put(key, winner.typed()));
      try {
        projection.show(pid, values);
        failures.remove(pid);
      } catch (IOException | RuntimeException e) {
        failed(pid, e);
      }
    }
  }

  private void note(String pid, List<String> now) {
    Set<String> before = new HashSet<>(problems.getOrDefault(pid, List.of()));
    now.stream()
        .filter(sentence -> !before.contains(sentence))
        .forEach(sentence -> events.warning("config.problem", pid, sentence));
    if (now.isEmpty()) {
      problems.remove(pid);
    } else {
      problems.put(pid, List.copyOf(now));
    }
  }

  private void failed(String pid, Exception cause) {
    String sentence =
        "The configuration of "
            + pid
            + " is recorded but could not be handed on ("
            + cause.getMessage()
            + "); it is tried again every second. [LADANG-CONFIG-012]";
    if (failures.put(pid, sentence) == null) {
      LOG.atWarn().setCause(cause).addKeyValue("pid", pid).log("ConfigurationAdmin refuses.");
      events.error("config.problem", pid, sentence);
    }
  }
}
