package org.ladang.security.provider;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;

/** Remembers the sentences. */
final class FakeEvents implements Events {
  final List<String> sentences = new CopyOnWriteArrayList<>();

  @Override
  public void publish(
      Event.Severity severity,
      String type,
      String subject,
      String sentence,
      Map<String, Object> details) {
    sentences.add(severity + " " + type + ": " + sentence);
  }

  @Override
  public List<Event> recent(String typePrefix, int limit) {
    return List.of();
  }
}
