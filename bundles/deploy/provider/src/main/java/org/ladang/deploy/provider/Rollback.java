package org.ladang.deploy.provider;

import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Generation;
import org.ladang.kernel.swap.Generations.Content;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Store;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.kernel.swap.Swapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings back what a kept generation says, all of it or nothing: bundles first, since they may refuse; then the
 * configuration; then the files of the inbox; then the generation. A note is left while that goes on: a process that is
 * killed in between finishes it at its next start, before it looks at the inbox. Used by the worker's thread only.
 */
final class Rollback {
  private static final Logger LOG = LoggerFactory.getLogger(Rollback.class);
  private static final String NOTE = "rollback";

  private final GenerationView view;
  private final PluginFiles files;
  private final Swapper swapper;
  private final Store store;
  private final Inbox inbox;
  private final Effects effects;
  private final Ledger ledger;
  private final ConfigurationMarks configuration;
  private final Watches watches;
  private final State state;
  private final Attempts attempts;
  private final Clock clock;

  Rollback(
      GenerationView view,
      PluginFiles files,
      Swapper swapper,
      Store store,
      Inbox inbox,
      Effects effects,
      Ledger ledger,
      ConfigurationMarks configuration,
      Watches watches,
      State state,
      Clock clock) {
    this.view = view;
    this.files = files;
    this.swapper = swapper;
    this.store = store;
    this.inbox = inbox;
    this.effects = effects;
    this.ledger = ledger;
    this.configuration = configuration;
    this.watches = watches;
    this.state = state;
    this.attempts = new Attempts(clock);
    this.clock = clock;
  }

  /**
   * Goes back to a generation; {@code done} is told when the next generation is written.
   *
   * @throws LadangException where it cannot be: then everything is as before
   */
  void to(Optional<Long> number, String author, Consumer<Attempt> done) {
    ledger.flush();
    Generation target = view.kept(number);
    Content before = ledger.content();
    List<BundleEntry> wanted =
        target.bundles().stream()
            .map(b -> files.back(Effects.find(before, b.symbolicName()), b))
            .toList();
    List<GenerationView.Pair> changes =
        new ArrayList<>(GenerationView.changes(before.bundles(), wanted));
    changes.sort(Comparator.comparing(pair -> order(pair.to())));
    check(target, changes);
    state.put(NOTE, Map.of("generation", target.number(), "author", author));
    long since = clock.nanos();
    long revision = configuration.present();
    try {
      apply(changes);
      restore(target, revision, author, changes);
    } catch (LadangException e) {
      state.remove(NOTE);
      throw e;
    }
    rewrite(before, target.inbox());
    Attempt attempt =
        attempts.done(Outcome.ROLLED_BACK, sentence(target, changes, author), author, since);
    ledger.add(
        Ending.of(attempt)
            .changing(
                content -> new Content(wanted, target.inbox()),
                why -> back(changes, before, target, revision, author))
            .then(() -> settled(changes))
            .telling(done));
    ledger.flush();
  }

  /** Finishes what a killed process had begun. */
  void resume() {
    Optional<Object> note = state.get(NOTE);
    if (note.isEmpty()
        || !(note.get() instanceof Map<?, ?> written)
        || !(written.get("generation") instanceof Number number)) {
      return;
    }
    LOG.info("a rollback to generation {} was cut off and is finished now", number);
    try {
      Generation target = view.kept(Optional.of(number.longValue()));
      Content now = ledger.content();
      if (now.bundles().equals(target.bundles()) && now.inbox().equals(target.inbox())) {
        rewrite(now, target.inbox());
        state.remove(NOTE);
      } else {
        to(Optional.of(target.number()), String.valueOf(written.get("author")), a -> {});
      }
    } catch (LadangException e) {
      LOG.warn("the rollback to generation {} cannot be finished: {}", number, e.line());
      state.remove(NOTE);
    }
  }

  private void check(Generation target, List<GenerationView.Pair> changes) {
    for (GenerationView.Pair pair : changes) {
      BundleEntry entry = pair.to().orElseGet(pair.from()::orElseThrow);
      if (Candidate.isDeploy(entry.kind(), entry.name())) {
        throw new LadangException(
                "LADANG-DEPLOY-016",
                "Generation "
                    + target.number()
                    + " has another provider of deploy, which cannot take itself back.")
            .next("Drop that provider's jar, then roll the rest back.");
      }
      if (pair.to().isPresent() && !Files.exists(store.path(entry.sha256()))) {
        throw new LadangException(
                "LADANG-DEPLOY-017",
                "The jar of "
                    + entry.name()
                    + " "
                    + entry.version()
                    + ", which generation "
                    + target.number()
                    + " names, is no longer in the store.")
            .next("Drop that version again.");
      }
    }
  }

  private void apply(List<GenerationView.Pair> changes) {
    Deque<GenerationView.Pair> done = new ArrayDeque<>();
    for (GenerationView.Pair pair : changes) {
      if (pair.to().isEmpty()) {
        continue; // It goes when the generation is written.
      }
      done.push(pair);
      SwapOutcome outcome = swapper.apply(pair.to().get());
      if (outcome instanceof SwapOutcome.Refused refused) {
        done.forEach(this::undo);
        throw new LadangException(
                refused.code(),
                "Nothing was rolled back, because "
                    + pair.to().get().name()
                    + " "
                    + pair.to().get().version()
                    + " does not start any more: "
                    + refused.sentence())
            .next(refused.next());
      }
    }
  }

  private void restore(
      Generation target, long former, String author, List<GenerationView.Pair> changes) {
    try {
      configuration.restore(configuration.of(target.number()), author);
    } catch (LadangException e) {
      changes.forEach(this::undo);
      if (configuration.present() != former) {
        configuration.restore(former, author);
      }
      throw new LadangException(
              e.code(),
              "Nothing was rolled back, because the configuration of that time no longer fits: "
                  + e.getMessage(),
              e)
          .next("config:diff shows what differs; set those values, then roll back.");
    }
  }

  private void undo(GenerationView.Pair pair) {
    if (pair.to().isEmpty()) {
      return;
    }
    if (pair.from().isPresent()) {
      swapper.apply(pair.from().get());
    } else {
      swapper.remove(pair.to().get().symbolicName());
    }
  }

  private void back(
      List<GenerationView.Pair> changes,
      Content before,
      Generation target,
      long revision,
      String author) {
    changes.forEach(this::undo);
    configuration.restore(revision, author);
    rewrite(new Content(target.bundles(), target.inbox()), before.inbox());
    state.remove(NOTE);
  }

  private void settled(List<GenerationView.Pair> changes) {
    state.remove(NOTE);
    for (GenerationView.Pair pair : changes) {
      watches.end(pair.to().or(pair::from).orElseThrow().symbolicName());
      if (pair.to().isEmpty()) {
        swapper.remove(pair.from().orElseThrow().symbolicName());
      }
    }
  }

  /** Files of the one content go to {@code .replaced}, those of the other come back from the store. */
  private void rewrite(Content now, Map<String, String> wanted) {
    now.inbox().keySet().stream().filter(f -> !wanted.containsKey(f)).forEach(effects::putAway);
    wanted.forEach(
        (file, sha256) -> {
          if (!sha256.equals(now.inbox().get(file)) || Files.notExists(inbox.file(file))) {
            effects.bringBack(file, store.path(sha256));
          }
        });
  }

  private static int order(Optional<BundleEntry> entry) {
    return entry
        .map(e -> e.kind() == Kind.PLAIN ? 0 : e.kind() == Kind.SUBSYSTEM ? 1 : 2)
        .orElse(3);
  }

  private static String sentence(
      Generation target, List<GenerationView.Pair> changes, String author) {
    String what =
        changes.isEmpty()
            ? "no bundle differed"
            : String.join(
                ", ",
                changes.stream()
                    .map(GenerationView.Pair::difference)
                    .map(GenerationView::words)
                    .toList());
    return author + " went back to generation " + target.number() + ": " + what + ".";
  }
}
