package org.ladang.deploy.provider;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ladang.deploy.AppliedSet;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.kernel.swap.Swapper;

/** What operators order: start, stop, remove. Taken by any thread, done by the worker between two files. */
final class Orders {
  private final Mailbox mailbox;
  private final Swapper swapper;
  private final Ledger ledger;
  private final Effects effects;
  private final Requirements requirements;
  private final Rollback rollback;
  private final Applying applying;
  private final Attempts attempts;
  private final Clock clock;

  Orders(
      Mailbox mailbox,
      Swapper swapper,
      Ledger ledger,
      Effects effects,
      Requirements requirements,
      Rollback rollback,
      Applying applying,
      Clock clock) {
    this.mailbox = mailbox;
    this.swapper = swapper;
    this.ledger = ledger;
    this.effects = effects;
    this.requirements = requirements;
    this.rollback = rollback;
    this.applying = applying;
    this.attempts = new Attempts(clock);
    this.clock = clock;
  }

  CompletionStage<Attempt> start(String name, String author) {
    return order(name, (entry, done) -> turn(entry.withStopped(false), entry, author, done));
  }

  CompletionStage<Attempt> stop(String name, String author) {
    return order(
        name,
        (entry, done) -> {
          if (entry.kind() == Kind.SUBSYSTEM) {
            throw new LadangException(
                    "LADANG-DEPLOY-009",
                    "The room " + entry.name() + " cannot be stopped: others call it.")
                .next("Drop another version of its provider to replace it.");
          }
          turn(entry.withStopped(true), entry, author, done);
        });
  }

  CompletionStage<Attempt> remove(String name, String author) {
    return order(
        name,
        (entry, done) -> {
          if (entry.fromDistribution()) {
            throw new LadangException(
                    "LADANG-DEPLOY-010",
                    entry.name() + " came with the distribution and cannot be removed.")
                .next("Drop another version of it to replace it.");
          }
          List<String> missed = requirements.againstRemoval(entry.name());
          if (!missed.isEmpty()) {
            throw new LadangException("LADANG-DEPLOY-011", String.join(" ", missed))
                .next("Deleting " + entry.file() + " from the inbox removes it all the same.");
          }
          swapper.beforeRemoval(entry.symbolicName());
          effects.putAway(entry.file());
          effects.vacate(entry, author, done::complete);
        });
  }

  private void turn(
      BundleEntry wanted, BundleEntry before, String author, CompletableFuture<Attempt> done) {
    long since = clock.nanos();
    SwapOutcome outcome = swapper.apply(wanted);
    if (outcome instanceof SwapOutcome.Refused refused) {
      throw new LadangException(refused.code(), refused.sentence())
          .next(
              refused.next().isEmpty()
                  ? "plugin:why " + before.name() + " may know more."
                  : refused.next());
    }
    String subject = wanted.name() + " " + wanted.version();
    boolean waits = outcome instanceof SwapOutcome.Waiting;
    String sentence =
        wanted.stopped()
            ? subject + " was stopped by " + author + "."
            : waits
                ? subject + " is started and waits: " + outcome.status().sentence()
                : subject + " was started by " + author + ".";
    Outcome how = wanted.stopped() ? Outcome.STOPPED : waits ? Outcome.WAITING : Outcome.LIVE;
    ledger.add(
        Ending.of(attempts.done(wanted, how, sentence, author, since))
            .changing(Change.put(wanted), why -> swapper.apply(before))
            .telling(done::complete));
  }

  CompletionStage<AppliedSet> apply(Path file, boolean dryRun, boolean force, String author) {
    return order(done -> applying.apply(file, dryRun, force, author, done::complete));
  }

  /** Something that is found out between two files. */
  <T> CompletionStage<T> ask(Supplier<T> question) {
    return order((CompletableFuture<T> done) -> done.complete(question.get()));
  }

  CompletionStage<Attempt> rollback(Optional<Long> to, String author) {
    return order(done -> rollback.to(to, author, done::complete));
  }

  private CompletionStage<Attempt> order(
      String name, BiConsumer<BundleEntry, CompletableFuture<Attempt>> work) {
    return order(
        done -> {
          work.accept(entry(name), done);
          ledger.flush();
        });
  }

  private <T> CompletionStage<T> order(Consumer<CompletableFuture<T>> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    boolean taken =
        mailbox.order(
            () -> {
              try {
                work.accept(done);
              } catch (RuntimeException e) {
                done.completeExceptionally(e);
              }
            },
            () -> done.completeExceptionally(replaced()));
    if (!taken) {
      done.completeExceptionally(
          new LadangException("LADANG-DEPLOY-012", "Too many orders are waiting already.")
              .next("Try again in a moment."));
    }
    return done;
  }

  private BundleEntry entry(String name) {
    List<BundleEntry> bundles = ledger.content().bundles();
    Optional<BundleEntry> plugin =
        bundles.stream().filter(b -> b.kind() == Kind.PLUGIN && b.name().equals(name)).findFirst();
    return plugin
        .or(
            () ->
                bundles.stream()
                    .filter(b -> b.symbolicName().equals(name) || b.name().equals(name))
                    .findFirst())
        .orElseThrow(
            () ->
                new LadangException("LADANG-DEPLOY-008", "Nothing named " + name + " is deployed.")
                    .next("deploy:list shows what is."));
  }

  private static LadangException replaced() {
    return new LadangException(
            "LADANG-DEPLOY-013", "The deploy room was replaced before it came to this order.")
        .next("Give it again.");
  }
}
