package org.ladang.registry.provider;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.Swapper;

/** Says why a bundle does not serve: the kernel's sentences, unmet requirements, and the last refusal of its file. */
final class Explanation {
  private static final int LOOK_BACK = 1_000;

  private final Swapper swapper;
  private final Events events;

  Explanation(Swapper swapper, Events events) {
    this.swapper = swapper;
    this.events = events;
  }

  List<String> of(String name) {
    Optional<BundleStatus> status = swapper.status(name);
    Optional<String> refusal = lastRefusal(name, status);
    if (status.isEmpty()) {
      return refusal
          .map(List::of)
          .orElseThrow(
              () ->
                  new LadangException(
                          "LADANG-REGISTRY-001", "There is no plugin or bundle " + name + ".")
                      .next("plugin:list shows the plugins, deploy:list the whole inbox."));
    }
    Set<String> sentences = new LinkedHashSet<>();
    BundleStatus now = status.get();
    add(sentences, now.sentence());
    swapper.why(now.passport().symbolicName()).forEach(s -> add(sentences, s));
    PluginView view = PluginView.of(swapper.statuses());
    Requirements.unmet(now.passport(), view).forEach(s -> add(sentences, s));
    if (sentences.isEmpty()) {
      add(sentences, PluginStates.health(now).sentence());
    }
    if (sentences.isEmpty()) {
      add(sentences, wellSentence(now));
    }
    refusal.ifPresent(s -> add(sentences, s));
    return new ArrayList<>(sentences);
  }

  private static String wellSentence(BundleStatus status) {
    String subject = status.passport().name() + " " + status.passport().version();
    return status.state() == BundleStatus.Condition.READY_LAZY
        ? subject + " is well: it is started at its first call."
        : subject
            + " is well: it serves since "
            + status.since().truncatedTo(ChronoUnit.SECONDS)
            + ".";
  }

  /** The newest refusal of a file of that name that is younger than what runs now. */
  private Optional<String> lastRefusal(String name, Optional<BundleStatus> status) {
    String known = status.map(s -> s.passport().name()).orElse(name);
    return events.recent("deploy.", LOOK_BACK).stream()
        .filter(e -> e.subject().equals(known))
        .findFirst()
        .filter(e -> e.type().equals("deploy.refused"))
        .map(Event::sentence)
        .map(s -> status.isEmpty() ? s : "A newer file was refused: " + s);
  }

  private static void add(Set<String> sentences, String sentence) {
    if (!sentence.isBlank()) {
      sentences.add(sentence);
    }
  }
}
