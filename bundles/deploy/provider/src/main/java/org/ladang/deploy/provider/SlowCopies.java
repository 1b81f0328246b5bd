package org.ladang.deploy.provider;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy that stalled for longer than the inbox is patient was refused and moved while somebody still wrote to it. When
 * it grows to its end after all it is taken back, so that it is not lost. Used by the worker's thread only.
 */
final class SlowCopies {
  private static final Logger LOG = LoggerFactory.getLogger(SlowCopies.class);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int MOST = 100;

  private record Broken(Stamp stamp, long since) {}

  private final Inbox inbox;
  private final Clock clock;
  private final Map<String, Broken> broken = new LinkedHashMap<>();

  SlowCopies(Inbox inbox, Clock clock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  /** A file was refused as incomplete. */
  void watch(String name, Stamp stamp) {
    broken.put(name, new Broken(stamp, clock.nanos()));
    if (broken.size() > MOST) {
      broken.remove(broken.keySet().iterator().next());
    }
  }

  /** Takes back what has grown to its end. */
  void look() {
    for (Map.Entry<String, Broken> entry : List.copyOf(broken.entrySet())) {
      String name = entry.getKey();
      try {
        Optional<Stamp> now = inbox.failedStamp(name);
        boolean over = clock.nanos() - entry.getValue().since() > PATIENCE.toNanos();
        if (now.isEmpty() || over || !now.get().key().equals(entry.getValue().stamp().key())) {
          broken.remove(name);
        } else if (now.get().bytes() > entry.getValue().stamp().bytes()
            && inbox.failedIsComplete(name)
            && inbox.stamp(name).isEmpty()) {
          broken.remove(name);
          inbox.fromFailed(name);
          LOG.atInfo()
              .addKeyValue("file", name)
              .log("a slow copy has come to its end and is taken");
        }
      } catch (IOException e) {
        broken.remove(name);
        LOG.debug("{} is not watched any more", name, e);
      }
    }
  }
}
