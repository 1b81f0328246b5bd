package org.ladang.kernel;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened and that a person or a program may want to know of.
 *
 * @param at when, by the {@link Clock}
 * @param type the kind, lower case, dotted, room first: {@code deploy.live}, {@code config.changed}
 * @param severity how much attention it deserves
 * @param subject what it is about: a plugin, a shard, a user; may be empty, never null
 * @param sentence what happened, in words
 * @param details values for programs, JSON-shaped
 */
public record Event(
    Instant at,
    String type,
    Severity severity,
    String subject,
    String sentence,
    Map<String, Object> details) {

  /** How much attention an event deserves. */
  public enum Severity {
    /** Expected, of interest in history only. */
    INFO,
    /** Works, but not as intended. */
    WARNING,
    /** Something does not work. */
    ERROR
  }

  public Event {
    details = Map.copyOf(details);
  }
}
