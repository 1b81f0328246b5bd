package org.ladang.console.provider.page;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Since when the console sees what no room gives a time for. Bounded; what was not seen for a minute has ended and begins
 * anew. Safe for any thread.
 */
final class FirstSeen {
  private static final int MOST = 1000;
  private static final Duration GONE = Duration.ofMinutes(1);

  private record Sight(Instant first, Instant last) {}

  private final Map<String, Sight> sights =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Sight> eldest) {
          return size() > MOST;
        }
      };

  /** Sees it now, and says since when. */
  synchronized Optional<Instant> since(String what, Instant now) {
    Sight before = sights.get(what);
    boolean goesOn = before != null && before.last().plus(GONE).isAfter(now);
    Sight sight = new Sight(goesOn ? before.first() : now, now);
    sights.put(what, sight);
    return Optional.of(sight.first());
  }
}
