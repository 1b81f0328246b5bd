package org.ladang.deploy.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.kernel.Clock;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Swapper;

/** Bundles that were taken and wait for something: says so once they serve. Used by the worker's thread only. */
final class Waiting {
  /** What is waited for longer than that many others is no longer told of. */
  private static final int MOST = 1_000;

  private final Swapper swapper;
  private final Attempts attempts;
  private final Clock clock;
  private final Map<String, Long> since = new LinkedHashMap<>();

  Waiting(Swapper swapper, Clock clock) {
    this.swapper = swapper;
    this.attempts = new Attempts(clock);
    this.clock = clock;
  }

  void add(BundleEntry entry) {
    since.put(entry.symbolicName(), clock.nanos());
    if (since.size() > MOST) {
      since.remove(since.keySet().iterator().next());
    }
  }

  /** What has come to serve since the last time. */
  List<Ending> arrived() {
    List<Ending> arrived = new ArrayList<>();
    for (String name : List.copyOf(since.keySet())) {
      Condition now = swapper.status(name).map(BundleStatus::state).orElse(Condition.STOPPED);
      if (now == Condition.WAITING || now == Condition.STARTING) {
        continue;
      }
      long from = since.remove(name);
      if (now == Condition.ACTIVE) {
        arrived.add(Ending.of(live(swapper.status(name).orElseThrow().entry(), from)));
      }
    }
    return arrived;
  }

  private Attempt live(BundleEntry entry, long from) {
    long waited = (clock.nanos() - from) / 1_000_000;
    String sentence =
        entry.name()
            + " "
            + entry.version()
            + " is live, after it has waited for "
            + waited
            + " ms.";
    return attempts.done(entry, Outcome.LIVE, sentence, Attempts.INBOX, from);
  }
}
