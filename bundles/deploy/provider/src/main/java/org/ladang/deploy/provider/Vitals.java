package org.ladang.deploy.provider;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ladang.health.CheckInfo;
import org.ladang.health.CheckResult;
import org.ladang.health.Health;
import org.ladang.health.Word;
import org.ladang.kernel.LadangException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a bundle is, by its own health checks. Where the health room is not there, everything is taken for healthy. */
final class Vitals {
  private static final Logger LOG = LoggerFactory.getLogger(Vitals.class);

  /**
   * How a bundle is.
   *
   * @param sentence what its worst check says; empty where it is healthy
   */
  record Sign(Word word, String sentence) {
    static final Sign HEALTHY = new Sign(Word.HEALTHY, "");
  }

  private final Supplier<Optional<Health>> health;

  Vitals(Supplier<Optional<Health>> health) {
    this.health = health;
  }

  /** Runs the checks of that bundle and no others. */
  Sign of(String symbolicName) {
    Optional<Health> there = health.get();
    if (there.isEmpty()) {
      return Sign.HEALTHY;
    }
    try {
      Set<String> names =
          there.get().checks().stream()
              .filter(c -> c.owner().equals(symbolicName))
              .map(CheckInfo::name)
              .collect(Collectors.toSet());
      return names.isEmpty()
          ? Sign.HEALTHY
          : there.get().run(names).results().stream()
              .filter(r -> r.owner().equals(symbolicName))
              .findFirst()
              .map(Vitals::sign)
              .orElse(Sign.HEALTHY);
    } catch (LadangException e) {
      LOG.debug("health does not answer: {}", e.line());
      return Sign.HEALTHY;
    }
  }

  /** The first result is the worst. */
  private static Sign sign(CheckResult worst) {
    return worst.word() == Word.HEALTHY
        ? Sign.HEALTHY
        : new Sign(worst.word(), worst.name() + ": " + String.join(" ", worst.sentences()));
  }
}
