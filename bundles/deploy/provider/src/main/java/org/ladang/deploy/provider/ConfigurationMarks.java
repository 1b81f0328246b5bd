package org.ladang.deploy.provider;

import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.ladang.config.Configuration;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which revision of the configuration was in effect when a generation was left. Written only where it is another one
 * than before, so that a drop costs no further fsync while nobody changes the configuration.
 */
final class ConfigurationMarks {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationMarks.class);
  private static final String PREFIX = "configuration.";

  private final State state;
  private final Supplier<Optional<Configuration>> configuration;

  ConfigurationMarks(State state, Supplier<Optional<Configuration>> configuration) {
    this.state = state;
    this.configuration = configuration;
  }

  /**
   * A generation was left.
   *
   * @param oldest the oldest one that is still kept; what only older ones need is forgotten
   */
  void left(long generation, long oldest) {
    try {
      TreeMap<Long, Long> marks = marks();
      long last = marks.isEmpty() ? 0 : marks.lastEntry().getValue();
      long now = present();
      if (now != last) {
        state.put(PREFIX + generation, now);
      }
      Long needed = marks.floorKey(oldest);
      if (needed != null) {
        marks.headMap(needed, false).keySet().forEach(g -> state.remove(PREFIX + g));
      }
    } catch (LadangException e) {
      LOG.warn("the revision of the configuration could not be noted: {}", e.line());
    }
  }

  /** The revision in effect; 0 where nothing was ever changed or the configuration is not there. */
  long present() {
    return configuration.get().map(Configuration::revision).orElse(0L);
  }

  /** The revision that was in effect when a generation was left; 0 before the first. */
  long of(long generation) {
    var mark = marks().floorEntry(generation);
    return mark == null ? 0 : mark.getValue();
  }

  /**
   * Brings the configuration back to a revision; does nothing where it is there already.
   *
   * @throws LadangException where its values no longer fit
   */
  void restore(long revision, String author) {
    if (revision != present()) {
      configuration.get().ifPresent(c -> c.restore(revision, author));
    }
  }

  private TreeMap<Long, Long> marks() {
    TreeMap<Long, Long> marks = new TreeMap<>();
    state
        .all()
        .forEach(
            (key, value) -> {
              if (key.startsWith(PREFIX) && value instanceof Number revision) {
                marks.put(Long.parseLong(key.substring(PREFIX.length())), revision.longValue());
              }
            });
    return marks;
  }
}
