package org.ladang.deploy.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.Meters;
import org.ladang.kernel.swap.Generation;
import org.ladang.kernel.swap.Generations;
import org.ladang.kernel.swap.Generations.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what was done: the generation first, then history and events, so that nothing is said to be deployed that
 * a restart would not bring back. What ended within a moment is written together. Used by the worker's thread only.
 */
final class Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private final Generations generations;
  private final History history;
  private final Events events;
  private final Meters meters;
  private final ConfigurationMarks configuration;
  private final List<Ending> pending = new ArrayList<>();
  private Content content;

  Ledger(
      Generations generations,
      History history,
      Events events,
      Meters meters,
      ConfigurationMarks configuration) {
    this.configuration = configuration;
    this.generations = generations;
    this.history = history;
    this.events = events;
    this.meters = meters;
  }

  /** What the next generation will say. */
  Content content() {
    if (content == null) {
      Generation now = generations.current();
      content = new Content(now.bundles(), now.inbox());
      for (Ending ending : pending) {
        content = ending.change().map(c -> c.apply(content)).orElse(content);
      }
    }
    return content;
  }

  void add(Ending ending) {
    content = ending.change().map(c -> c.apply(content())).orElse(content());
    pending.add(ending);
  }

  boolean isPending() {
    return !pending.isEmpty();
  }

  /** Writes all that has ended. */
  void flush() {
    content = null;
    if (pending.isEmpty()) {
      return;
    }
    List<Ending> ended = List.copyOf(pending);
    pending.clear();
    Optional<LadangException> failure = commit(ended);
    List<Attempt> attempts = new ArrayList<>();
    if (failure.isPresent()) {
      undo(ended, failure.get(), attempts);
    } else {
      ended.forEach(e -> attempts.add(e.attempt()));
    }
    List<Attempt> numbered = write(attempts);
    for (int i = 0; i < ended.size(); i++) {
      tell(numbered.get(i));
      ended.get(i).told().accept(numbered.get(i));
      if (failure.isEmpty()) {
        run(ended.get(i).after());
      }
    }
  }

  private Optional<LadangException> commit(List<Ending> ended) {
    List<UnaryOperator<Content>> changes =
        ended.stream().flatMap(e -> e.change().stream()).toList();
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    List<Ending> changing = ended.stream().filter(e -> e.change().isPresent()).toList();
    String author = changing.get(0).attempt().author();
    String reason =
        changing.size() == 1
            ? changing.get(0).attempt().sentence()
            : changing.size()
                + " changes at once, the last one: "
                + changing.get(changing.size() - 1).attempt().sentence();
    long left = generations.current().number();
    try {
      Generation next =
          generations.commit(
              author,
              reason,
              before -> {
                Content content = before;
                for (UnaryOperator<Content> change : changes) {
                  content = change.apply(content);
                }
                return content;
              });
      if (next.number() != left) {
        List<Generation> kept = generations.kept();
        configuration.left(left, kept.get(kept.size() - 1).number());
      }
      return Optional.empty();
    } catch (LadangException e) {
      LOG.error(
          "the generation could not be written, what ran before is brought back: {}", e.line());
      return Optional.of(e);
    }
  }

  private static void undo(List<Ending> ended, LadangException why, List<Attempt> attempts) {
    for (int i = ended.size() - 1; i >= 0; i--) {
      Ending ending = ended.get(i);
      if (ending.change().isPresent()) {
        run(() -> ending.undo().accept(why));
      }
    }
    for (Ending ending : ended) {
      attempts.add(
          ending.change().isEmpty()
              ? ending.attempt()
              : Attempts.refused(ending.attempt(), Verdict.Refusal.of(why)));
    }
  }

  private List<Attempt> write(List<Attempt> attempts) {
    try {
      return history.append(attempts);
    } catch (LadangException e) {
      LOG.error("the history could not be written: {}", e.line());
      return attempts;
    }
  }

  private void tell(Attempt attempt) {
    String word = attempt.outcome().name().toLowerCase(Locale.ROOT);
    Event.Severity severity =
        switch (attempt.outcome()) {
          case LIVE, REMOVED, STOPPED -> Event.Severity.INFO;
          case WAITING, ROLLED_BACK -> Event.Severity.WARNING;
          case REFUSED -> Event.Severity.ERROR;
        };
    meters.counter("deploy." + word).increment();
    if (attempt.outcome() == Outcome.LIVE) {
      meters.timer("deploy.received-to-live").record(attempt.millis() * 1_000_000);
    }
    (attempt.outcome() == Outcome.REFUSED ? LOG.atWarn() : LOG.atInfo())
        .addKeyValue("file", attempt.file())
        .addKeyValue("millis", attempt.millis())
        .log("{} {} {}", attempt.sentence(), attempt.next(), attempt.code());
    events.publish(
        severity,
        "deploy." + word,
        attempt.name().isEmpty() ? attempt.file() : attempt.name(),
        attempt.sentence(),
        Map.of(
            "attempt", attempt.id(),
            "file", attempt.file(),
            "version", attempt.version(),
            "millis", attempt.millis(),
            "code", attempt.code(),
            "next", attempt.next(),
            "author", attempt.author()));
  }

  private static void run(Runnable rest) {
    try {
      rest.run();
    } catch (RuntimeException e) {
      LOG.error("a step after the decision failed", e);
    }
  }
}
