package org.ladang.kernel;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one stream of {@linkplain Event events}: feeds history, audit and live pages. Bounded: the oldest of several
 * thousand are forgotten. Safe for any thread; publishing never blocks on a listener and never throws.
 */
@ProviderType
public interface Events {
  /** Publishes an event that happened now. */
  void publish(
      Event.Severity severity,
      String type,
      String subject,
      String sentence,
      Map<String, Object> details);

  /** Publishes an expected event that happened now. */
  default void info(String type, String subject, String sentence) {
    publish(Event.Severity.INFO, type, subject, sentence, Map.of());
  }

  /** Publishes that something works, but not as intended. */
  default void warning(String type, String subject, String sentence) {
    publish(Event.Severity.WARNING, type, subject, sentence, Map.of());
  }

  /** Publishes that something does not work. */
  default void error(String type, String subject, String sentence) {
    publish(Event.Severity.ERROR, type, subject, sentence, Map.of());
  }

  /**
   * The newest events, newest first.
   *
   * @param typePrefix only events whose type starts so; empty for all
   * @param limit at most this many
   */
  List<Event> recent(String typePrefix, int limit);
}
