package org.ladang.deploy.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Generations.Content;
import org.ladang.kernel.swap.Store;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.kernel.swap.Swapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows from a decision: files move, the ledger is told. Files move before the generation is written: cut in
 * between, the next start finds a new file to take, never an old one to take again.
 */
final class Effects {
  private static final Logger LOG = LoggerFactory.getLogger(Effects.class);
  private static final String WATCH = "watch";

  private final Inbox inbox;
  private final Ledger ledger;
  private final Store store;
  private final PluginFiles files;
  private final Swapper swapper;
  private final Displaced displaced;
  private final Requirements requirements;
  private final Watches watches;
  private final Waiting waiting;
  private final Attempts attempts;
  private final Clock clock;

  Effects(
      Inbox inbox,
      Ledger ledger,
      Store store,
      PluginFiles files,
      Swapper swapper,
      Displaced displaced,
      Requirements requirements,
      Watches watches,
      Clock clock) {
    this.inbox = inbox;
    this.ledger = ledger;
    this.store = store;
    this.files = files;
    this.swapper = swapper;
    this.displaced = displaced;
    this.requirements = requirements;
    this.watches = watches;
    this.waiting = new Waiting(swapper, clock);
    this.attempts = new Attempts(clock);
    this.clock = clock;
  }

  /** A candidate was taken: the file of its former version goes, and what its own file held before goes too. */
  void accept(Candidate candidate, Verdict.Accepted accepted, Consumer<Attempt> told) {
    SwapOutcome outcome = accepted.outcome();
    Content before = ledger.content();
    BundleEntry entry = candidate.entry();
    Optional<BundleEntry> former = find(before, entry.symbolicName());
    Optional<BundleEntry> evicted =
        before.bundles().stream()
            .filter(b -> b.file().equals(entry.file()))
            .filter(b -> !b.symbolicName().equals(entry.symbolicName()))
            .findFirst();
    evicted.ifPresent(this::vacateForGood);
    former
        .map(BundleEntry::file)
        .filter(f -> !f.isEmpty() && !f.equals(entry.file()))
        .ifPresent(this::putAway);
    former.ifPresent(this::remember);
    candidate.sighting().finish();
    if (outcome instanceof SwapOutcome.Waiting) {
      waiting.add(entry);
    } else {
      former.ifPresent(f -> watch(f, entry, outcome));
    }
    ledger.add(
        Ending.of(attempts.accepted(candidate, outcome, accepted.touched()))
            .changing(Change.put(entry), why -> takeBack(candidate, former, why))
            .telling(told));
  }

  private void watch(BundleEntry former, BundleEntry entry, SwapOutcome outcome) {
    if (outcome instanceof SwapOutcome.Live live && !live.objection().isEmpty()) {
      watches.condemn(former, entry, live.objection());
    } else {
      watches.begin(former, entry);
    }
  }

  /** What turned out worse than its former goes back to it; its file goes to {@code .failed}. */
  void rollBackTheWorse() {
    watches.look().forEach(this::rollBack);
  }

  private void rollBack(Watches.Worse worse) {
    long since = clock.nanos();
    BundleEntry next = worse.next();
    BundleEntry former = files.back(Optional.of(next), worse.former());
    String subject = next.name() + " " + next.version();
    SwapOutcome outcome = swapper.apply(former);
    if (outcome instanceof SwapOutcome.Refused refused) {
      String sentence =
          subject
              + " should go back to "
              + former.version()
              + ", because "
              + worse.why()
              + ", but that one does not start any more: "
              + refused.sentence();
      ledger.add(Ending.of(attempts.done(next, Outcome.REFUSED, sentence, WATCH, since)));
      return;
    }
    String sentence =
        subject + " was rolled back to " + former.version() + ", because " + worse.why() + ".";
    Verdict.Refusal refusal =
        new Verdict.Refusal(
            "LADANG-DEPLOY-019", sentence, "Mend it and drop it again.", java.util.Map.of(), "");
    putAside(next, former, refusal);
    ledger.add(
        Ending.of(attempts.done(next, Outcome.ROLLED_BACK, sentence, WATCH, since))
            .changing(Change.swap(next, former), why -> swapper.apply(next)));
  }

  /** The file of what was rolled back goes to {@code .failed}, that of its former comes back. */
  private void putAside(BundleEntry next, BundleEntry former, Verdict.Refusal refusal) {
    String reason = ReasonText.of(next.file(), clock.now(), refusal);
    try {
      if (former.file().equals(next.file())) {
        inbox.toFailed(next.file(), reason, store.path(former.fileSha256()));
      } else {
        inbox.toFailed(next.file(), reason);
        bringBack(former);
      }
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", next.file())
          .setCause(e)
          .log("the file of a version that was rolled back could not be put away");
    }
  }

  /** A bundle of the distribution was displaced: it comes back when its successor goes. */
  void remember(BundleEntry former) {
    if (former.fromDistribution()) {
      displaced.remember(former);
    }
  }

  /** Says of those that were taken and had to wait when they serve. */
  void tellOfThoseThatWaited() {
    waiting.arrived().forEach(ledger::add);
  }

  /** A file was not taken: it goes to {@code .failed}, and the inbox shows what runs. */
  void refuse(
      Sighting sighting,
      Optional<Candidate> read,
      Verdict.Refusal refusal,
      Consumer<Attempt> told) {
    toFailed(sighting, read, refusal);
    sighting.finish();
    ledger.add(
        Ending.of(
                attempts.refused(
                    sighting,
                    read.map(c -> c.passport().name()).orElse(""),
                    read.map(c -> c.passport().version()).orElse(""),
                    refusal))
            .telling(told));
  }

  /** A bundle whose file is gone goes too, whatever it says to that. */
  void vacateForGood(BundleEntry entry) {
    String objection = "";
    try {
      if (fallback(entry).isEmpty()) {
        swapper.beforeRemoval(entry.symbolicName());
      }
    } catch (LadangException e) {
      objection = " It was against it: " + e.getMessage();
    }
    vacate(entry, Attempts.INBOX, objection, a -> {});
  }

  /** A bundle that was asked goes; the distribution's own comes back where there is one. */
  void vacate(BundleEntry entry, String author, Consumer<Attempt> told) {
    vacate(entry, author, "", told);
  }

  private void vacate(BundleEntry entry, String author, String objection, Consumer<Attempt> told) {
    long since = clock.nanos();
    watches.end(entry.symbolicName());
    Optional<BundleEntry> fallback = fallback(entry);
    if (fallback.isPresent()) {
      fallBack(entry, fallback.get(), author, since, told);
      return;
    }
    List<String> missed = requirements.againstRemoval(entry.name());
    String sentence =
        entry.name()
            + " "
            + entry.version()
            + " was removed."
            + (missed.isEmpty() ? "" : " It is missed: " + String.join(" ", missed))
            + objection;
    Attempt attempt = attempts.done(entry, Outcome.REMOVED, sentence, author, since);
    ledger.add(
        Ending.of(attempt)
            .changing(
                Change.drop(entry),
                why -> {
                  bringBack(entry);
                  swapper.removalCancelled(entry.symbolicName());
                })
            .then(() -> swapper.remove(entry.symbolicName()))
            .telling(told));
  }

  /** The distribution's own bundle that serves again when this one goes. */
  Optional<BundleEntry> fallback(BundleEntry entry) {
    return entry.fromDistribution() ? Optional.empty() : displaced.of(entry.symbolicName());
  }

  /** Runs a bundle; whether it was taken. */
  boolean takesOver(BundleEntry entry) {
    return !(swapper.apply(entry) instanceof SwapOutcome.Refused);
  }

  /** A bundle that cannot go: its file comes back. */
  void keep(BundleEntry entry) {
    bringBack(entry);
    String sentence =
        entry.file()
            + " was removed, but nothing could take the place of "
            + entry.name()
            + " "
            + entry.version()
            + ", so the file was brought back.";
    Attempt kept = attempts.done(entry, Outcome.REFUSED, sentence, Attempts.INBOX, clock.nanos());
    ledger.add(Ending.of(kept));
  }

  /** A file that was listed but brought nothing that runs. */
  void unlist(String file) {
    BundleEntry nothing =
        new BundleEntry(file, file, org.ladang.kernel.swap.Kind.PLAIN, "", "", true, file);
    Attempt attempt =
        attempts.done(nothing, Outcome.REMOVED, file + " is gone.", Attempts.INBOX, clock.nanos());
    ledger.add(Ending.of(attempt).changing(Change.unlist(file), why -> {}));
  }

  private void fallBack(
      BundleEntry entry, BundleEntry own, String author, long since, Consumer<Attempt> told) {
    SwapOutcome outcome = swapper.apply(own);
    if (outcome instanceof SwapOutcome.Refused refused) {
      bringBack(entry);
      Attempt kept =
          attempts.done(
              entry,
              Outcome.REFUSED,
              entry.file()
                  + " was removed, but the distribution's own "
                  + own.name()
                  + " "
                  + own.version()
                  + " does not start, so the file was brought back: "
                  + refused.sentence(),
              author,
              since);
      ledger.add(Ending.of(kept).telling(told));
      return;
    }
    Attempt attempt =
        attempts.done(
            entry,
            Outcome.REMOVED,
            entry.name()
                + " "
                + entry.version()
                + " was removed; "
                + own.version()
                + " of the distribution serves again.",
            author,
            since);
    ledger.add(
        Ending.of(attempt)
            .changing(
                Change.swap(entry, own),
                why -> {
                  bringBack(entry);
                  swapper.apply(entry);
                })
            .telling(told));
  }

  /** The generation could not be written: the candidate must not be what runs. */
  private void takeBack(Candidate candidate, Optional<BundleEntry> former, LadangException why) {
    if (former.isPresent()) {
      swapper.apply(files.back(Optional.of(candidate.entry()), former.get()));
      if (!former.get().fromDistribution() && !former.get().file().equals(candidate.file())) {
        bringBack(former.get());
      }
    } else {
      swapper.remove(candidate.passport().symbolicName());
    }
    toFailed(candidate.sighting(), Optional.of(candidate), Verdict.Refusal.of(why));
  }

  private void toFailed(Sighting sighting, Optional<Candidate> read, Verdict.Refusal refusal) {
    String file = sighting.name();
    String reason = ReasonText.of(file, clock.now(), refusal);
    String listed = ledger.content().inbox().get(file);
    try {
      boolean there =
          inbox.stamp(file).filter(now -> now.sameContent(sighting.stamp())).isPresent();
      if (read.isPresent() && !there) {
        // Somebody has mended or deleted it meanwhile: what lies there is not what was refused.
        inbox.storedToFailed(file, reason, store.path(read.get().entry().fileSha256()));
      } else if (listed != null && Files.exists(store.path(listed))) {
        inbox.toFailed(file, reason, store.path(listed));
        inbox.stamp(file).ifPresent(sighting::finish);
      } else {
        inbox.toFailed(file, reason);
      }
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .setCause(e)
          .log("a refused file could not be put away; it stays and is not tried again");
    }
  }

  void putAway(String file) {
    try {
      inbox.toReplaced(file);
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .setCause(e)
          .log("a replaced file could not be put away");
    }
  }

  private void bringBack(BundleEntry entry) {
    Path content = store.path(entry.fileSha256());
    if (!entry.fromDistribution() && Files.exists(content)) {
      bringBack(entry.file(), content);
    }
  }

  /** Puts stored content under a name in the inbox. */
  void bringBack(String file, Path content) {
    try {
      inbox.bringBack(file, content);
    } catch (IOException e) {
      LOG.atError()
          .addKeyValue("file", file)
          .setCause(e)
          .log("a file could not be brought back into the inbox");
    }
  }

  static Optional<BundleEntry> find(Content content, String symbolicName) {
    return content.bundles().stream()
        .filter(b -> b.symbolicName().equals(symbolicName))
        .findFirst();
  }
}
