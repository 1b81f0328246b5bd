package org.ladang.deploy.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;
import org.ladang.registry.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the registry says of requirements. Where it is not there nothing is refused for them: a repaired registry must be
 * able to come in through the inbox, and the gate refuses the calls of what lacks something.
 */
final class Requirements {
  private static final Logger LOG = LoggerFactory.getLogger(Requirements.class);

  private final Supplier<Optional<Registry>> registry;

  Requirements(Supplier<Optional<Registry>> registry) {
    this.registry = registry;
  }

  /**
   * What speaks against taking a plugin; empty where nothing does.
   *
   * @param replaces whether a version of it is there already, which others may count upon
   */
  List<String> against(Passport candidate, List<Passport> arriving, boolean replaces) {
    boolean needs = !candidate.requires().isEmpty();
    if (candidate.kind() != Kind.PLUGIN || !needs && !replaces) {
      return List.of();
    }
    return ask(
        r -> {
          List<String> sentences = new ArrayList<>();
          if (needs) {
            sentences.addAll(r.check(candidate, arriving));
          }
          if (replaces) {
            sentences.addAll(r.checkReplacement(candidate, arriving));
          }
          return sentences;
        });
  }

  /** Who would miss a plugin that goes. */
  List<String> againstRemoval(String name) {
    return ask(r -> r.checkRemoval(name));
  }

  private List<String> ask(java.util.function.Function<Registry, List<String>> question) {
    Optional<Registry> there = registry.get();
    if (there.isEmpty()) {
      LOG.debug("the registry is not there: requirements are not checked");
      return List.of();
    }
    try {
      return question.apply(there.get());
    } catch (LadangException e) {
      LOG.warn("the registry does not answer, requirements are not checked: {}", e.line());
      return List.of();
    }
  }
}
