package org.ladang.config.provider;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;

/** Remembers what was published. */
final class FakeEvents implements Events {
  final List<Event> all = new ArrayList<>();

  @Override
  public synchronized void publish(
      Event.Severity severity,
      String type,
      String subject,
      String sentence,
      Map<String, Object> details) {
    all.add(new Event(Instant.EPOCH, type, severity, subject, sentence, details));
  }

  @Override
  public synchronized List<Event> recent(String typePrefix, int limit) {
    return all.stream().filter(e -> e.type().startsWith(typePrefix)).limit(limit).toList();
  }

  List<String> sentences(String type) {
    return recent(type, Integer.MAX_VALUE).stream().map(Event::sentence).toList();
  }
}
