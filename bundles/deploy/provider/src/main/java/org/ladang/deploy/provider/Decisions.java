package org.ladang.deploy.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.Generations.Content;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;

/**
 * Decides over the files that were read, each when its turn comes: new plugins several at a time, all else alone; and lets
 * another provider of this room take over. Used by the worker's thread only, but for {@link #close} and {@link
 * #handingOver}.
 */
final class Decisions {
  /** What ended within this time is written together: a thousand files are not a thousand generations. */
  private static final Duration TOGETHER = Duration.ofMillis(250);

  private final Pipeline pipeline;
  private final Blast blast;
  private final PluginFiles files;
  private final Effects effects;
  private final Ledger ledger;
  private final Handover handover;
  private final Crew crew;
  private final Submissions submissions;
  private final Mailbox mailbox;
  private final Clock clock;
  private final Duration hold;
  private final Company company;
  private long lastFlush;
  private long progress;
  private boolean more;
  private boolean heldMeanwhile;
  private boolean succession;
  private volatile boolean closed;
  private volatile boolean handingOver;

  /**
   * @param hold how long a file that lacks something waits for it
   */
  Decisions(
      Pipeline pipeline,
      Blast blast,
      PluginFiles files,
      Effects effects,
      Ledger ledger,
      Handover handover,
      Crew crew,
      Submissions submissions,
      Mailbox mailbox,
      Clock clock,
      Duration hold) {
    this.pipeline = pipeline;
    this.blast = blast;
    this.files = files;
    this.effects = effects;
    this.ledger = ledger;
    this.handover = handover;
    this.crew = crew;
    this.submissions = submissions;
    this.mailbox = mailbox;
    this.clock = clock;
    this.hold = hold;
    this.company = new Company(pipeline);
  }

  /** No file is begun after this; those that are under way are finished. */
  void close() {
    closed = true;
  }

  /** Whether no file is begun any more. */
  boolean closed() {
    return closed;
  }

  /** Whether this room's own successor is being brought in: whoever stops us then must not wait for us. */
  boolean handingOver() {
    return handingOver;
  }

  /** How many files have been taken. */
  long progress() {
    return progress;
  }

  /** Whether nothing that was begun is still under way. */
  boolean settled() {
    return crew.idle();
  }

  /** Sees to the end what was begun. */
  void finish() {
    settleAll();
    flush();
  }

  /** Writes down what was decided, unless a successor does that. */
  void flush() {
    if (!succession) {
      ledger.flush();
    }
  }

  /** Orders find nothing half done. */
  void run(List<Runnable> orders) {
    if (!orders.isEmpty()) {
      settleAll();
      orders.forEach(Runnable::run);
    }
  }

  /**
   * Decides over what was read.
   *
   * @param moreToRead whether there are files that were not read yet, and may hold what these lack
   */
  void decide(List<Candidate> batch, boolean moreToRead) {
    more = moreToRead;
    List<Candidate> left = new ArrayList<>(BatchOrder.of(batch));
    // Two that need each other and were begun one after the other know of each other only now.
    boolean somethingNew =
        heldMeanwhile || left.stream().anyMatch(c -> c.sighting().hold().isEmpty());
    heldMeanwhile = false;
    while (!left.isEmpty() && !closed) {
      Optional<Candidate> next = next(left);
      if (next.isEmpty()) {
        settle(crew.next());
      } else {
        left.remove(next.get());
        if (crew.takes(next.get(), ledger.content())) {
          begin(next.get(), left);
        } else {
          decide(next.get(), left, somethingNew);
        }
      }
      settleDone();
      if (!closed) {
        run(mailbox.takeOrders());
        flushWhenDue();
      }
    }
  }

  /** The first one that need not wait for another; empty where all have to. */
  private Optional<Candidate> next(List<Candidate> left) {
    List<Candidate> waiting = new ArrayList<>();
    for (Candidate candidate : left) {
      boolean free =
          crew.free(candidate) && waiting.stream().noneMatch(w -> Crew.concerns(candidate, w));
      boolean hand = crew.hand() || !crew.isNew(candidate, ledger.content());
      if (free && hand) {
        return Optional.of(candidate);
      }
      if (candidate.passport().kind() != Kind.PLUGIN) {
        break; // Plugins may be wired to it.
      }
      waiting.add(candidate);
    }
    return Optional.empty();
  }

  private void begin(Candidate read, List<Candidate> left) {
    try {
      Content content = ledger.content();
      Candidate candidate = files.placed(read, content);
      List<Passport> arriving = arriving(left);
      crew.begin(candidate, progress, () -> pipeline.decide(candidate, arriving, content));
    } catch (LadangException e) {
      refuse(read, Verdict.Refusal.of(e));
    }
  }

  /** Takes what is done by now. */
  void settleDone() {
    for (Optional<Crew.Decided> done = crew.done(); done.isPresent(); done = crew.done()) {
      settle(done.get());
    }
  }

  private void settleAll() {
    while (!crew.idle()) {
      settle(crew.next());
    }
  }

  private void settle(Crew.Decided done) {
    // What happened to the file meanwhile was not looked at.
    mailbox.touch(done.candidate().file());
    heldMeanwhile |=
        done.verdict() instanceof Verdict.Held held && held.refusal().code().equals(Pipeline.NEEDS);
    // What was taken since it was begun may be what it lacked.
    settle(done.candidate(), done.get(), false, done.mark());
  }

  private List<Passport> arriving(List<Candidate> left) {
    List<Passport> arriving = new ArrayList<>(crew.passports());
    left.forEach(candidate -> arriving.add(candidate.passport()));
    return arriving;
  }

  private void decide(Candidate candidate, List<Candidate> left, boolean somethingNew) {
    Optional<Sighting.Hold> held = candidate.sighting().hold();
    // What is missed may be among those that were not read or started yet.
    boolean over =
        !more
            && crew.idle()
            && held.isPresent()
            && clock.nanos() - held.get().since() >= hold.toNanos();
    if (held.isEmpty() || somethingNew || held.get().progress() != progress) {
      decideAlone(candidate, arriving(left), over);
    } else if (over && !taken(candidate, left)) {
      refuse(candidate, held.get().otherwise());
    }
  }

  /** Whether it was decided upon together with others that lack what it has. */
  private boolean taken(Candidate candidate, List<Candidate> left) {
    List<Candidate> all = new ArrayList<>(left);
    all.add(0, candidate);
    Map<Candidate, Verdict> verdicts =
        company.of(
            all.stream().filter(c -> Crew.isFresh(c, ledger.content())).toList(),
            one -> pipeline.decide(one, arriving(all), ledger.content()));
    verdicts.forEach((one, verdict) -> settle(one, verdict, true, progress));
    left.removeAll(verdicts.keySet());
    return verdicts.containsKey(candidate);
  }

  private void decideAlone(Candidate read, List<Passport> arriving, boolean over) {
    try {
      Candidate candidate = files.placed(read, ledger.content());
      settle(candidate, verdict(candidate, arriving), over, progress);
    } catch (LadangException e) {
      refuse(read, Verdict.Refusal.of(e));
    }
  }

  private Verdict verdict(Candidate candidate, List<Passport> arriving) {
    if (!candidate.isDeployItself() || handover.serves(candidate.sha256())) {
      return pipeline.decide(candidate, arriving, ledger.content());
    }
    return handOver(
        candidate.sha256(),
        () -> pipeline.decide(candidate, arriving, ledger.content()),
        verdict -> verdict instanceof Verdict.Accepted);
  }

  /** Lets another provider of this room take over; when it does, this one begins nothing more. */
  <T> T handOver(String sha256, Supplier<T> swap, Predicate<T> accepted) {
    settleAll();
    // From here on the successor may be at work: nothing of ours may be left to write.
    ledger.flush();
    handover.begin(sha256);
    handingOver = true;
    T outcome = swap.get();
    handingOver = false;
    if (accepted.test(outcome)) {
      succession = true;
      closed = true;
    } else {
      handover.end();
    }
    return outcome;
  }

  private void settle(Candidate candidate, Verdict verdict, boolean over, long mark) {
    if (closed && succession && verdict instanceof Verdict.Accepted) {
      return; // The successor finds the file, sees that it runs already and writes that down.
    }
    if (verdict instanceof Verdict.Accepted accepted) {
      progress++;
      blast.settled(candidate.file());
      effects.accept(candidate, accepted, submissions.of(candidate.file()));
    } else if (verdict instanceof Verdict.Held held) {
      if (over) {
        refuse(candidate, held.refusal());
      } else {
        candidate.sighting().hold(candidate, clock.nanos(), mark, held.refusal());
      }
    } else if (verdict instanceof Verdict.Refusal refusal) {
      refuse(candidate, refusal);
    }
  }

  private void refuse(Candidate candidate, Verdict.Refusal refusal) {
    blast.settled(candidate.file());
    effects.refuse(
        candidate.sighting(), Optional.of(candidate), refusal, submissions.of(candidate.file()));
  }

  private void flushWhenDue() {
    long now = clock.nanos();
    if (now - lastFlush >= TOGETHER.toNanos() && ledger.isPending()) {
      ledger.flush();
      lastFlush = clock.nanos();
    }
  }
}
