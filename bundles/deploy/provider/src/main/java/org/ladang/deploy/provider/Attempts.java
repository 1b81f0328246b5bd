package org.ladang.deploy.provider;

import java.util.List;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.kernel.Clock;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.SwapOutcome;

/** Puts into words how attempts ended. */
final class Attempts {
  static final String INBOX = "inbox";

  private final Clock clock;

  Attempts(Clock clock) {
    this.clock = clock;
  }

  Attempt accepted(Candidate candidate, SwapOutcome outcome, List<String> touched) {
    Sighting sighting = candidate.sighting();
    sighting.step(outcome instanceof SwapOutcome.Waiting ? "waiting" : "live", clock.nanos());
    long millis = millis(sighting);
    String subject = candidate.passport().name() + " " + candidate.passport().version();
    boolean waits = outcome instanceof SwapOutcome.Waiting;
    boolean lazy = outcome.status().state() == Condition.READY_LAZY;
    String sentence =
        waits
            ? subject + " is started and waits: " + outcome.status().sentence()
            : lazy
                ? subject + " is ready and starts at its first call."
                : subject + " is live, " + millis + " ms after its file came.";
    return new Attempt(
        0,
        clock.now().minusMillis(millis),
        candidate.file(),
        candidate.passport().name(),
        candidate.passport().version(),
        waits ? Outcome.WAITING : Outcome.LIVE,
        touched.isEmpty() ? sentence : sentence + " " + String.join(" ", touched),
        waits ? outcome.status().code() : "",
        "",
        INBOX,
        millis,
        sighting.steps());
  }

  Attempt refused(Sighting sighting, String name, String version, Verdict.Refusal refusal) {
    sighting.step("refused", clock.nanos());
    long millis = millis(sighting);
    return new Attempt(
        0,
        clock.now().minusMillis(millis),
        sighting.name(),
        name,
        version,
        Outcome.REFUSED,
        refusal.sentence(),
        refusal.code(),
        refusal.next(),
        INBOX,
        millis,
        sighting.steps());
  }

  /** What was to happen could not be written down. */
  static Attempt refused(Attempt attempt, Verdict.Refusal refusal) {
    return new Attempt(
        attempt.id(),
        attempt.at(),
        attempt.file(),
        attempt.name(),
        attempt.version(),
        Outcome.REFUSED,
        refusal.sentence(),
        refusal.code(),
        refusal.next(),
        attempt.author(),
        attempt.millis(),
        attempt.steps());
  }

  /** Something that an operator ordered, or that follows from a file that went. */
  Attempt done(BundleEntry entry, Outcome outcome, String sentence, String author, long since) {
    long millis = (clock.nanos() - since) / 1_000_000;
    return new Attempt(
        0,
        clock.now().minusMillis(millis),
        entry.file(),
        entry.name(),
        entry.version(),
        outcome,
        sentence,
        "",
        "",
        author,
        millis,
        List.of());
  }

  /** Something that was done about no bundle in particular. */
  Attempt done(Outcome outcome, String sentence, String author, long since) {
    BundleEntry none = new BundleEntry("", "", Kind.PLAIN, "", "", false, "");
    return done(none, outcome, sentence, author, since);
  }

  private long millis(Sighting sighting) {
    return (clock.nanos() - sighting.first()) / 1_000_000;
  }
}
