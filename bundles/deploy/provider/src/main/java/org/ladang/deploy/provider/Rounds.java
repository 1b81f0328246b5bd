package org.ladang.deploy.provider;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ladang.kernel.Clock;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Generations.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at the inbox after the other: what is new or changed is read, put in order and decided upon; what is gone is
 * taken out. What is true is what a look finds; events of the file system only say when to look. Used by the worker's
 * thread only.
 */
final class Rounds {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private static final Duration SHORTEST = Duration.ofMillis(10);

  /** So many files are read before those are decided upon: of a thousand, the first must not wait for the last. */
  static final int MOST_READ = 32;

  /**
   * How patient the inbox is.
   *
   * @param settle an incomplete file that has not changed for so long is taken for broken
   * @param gone a file must be gone for so long before its bundle goes
   * @param hold a file that lacks something waits so long for it to come
   * @param look the folder is looked at so often, whatever the file system says
   */
  record Patience(Duration settle, Duration gone, Duration hold, Duration look) {}

  private final Inbox inbox;
  private final Reader reader;
  private final Decisions decisions;
  private final Effects effects;
  private final Watches watches;
  private final Ledger ledger;
  private final Handover handover;
  private final Crew crew;
  private final Submissions submissions;
  private final Clock clock;
  private final Patience patience;
  private final SlowCopies slowCopies;
  private final Map<String, Sighting> sightings = new LinkedHashMap<>();
  private final Map<String, Long> missing = new LinkedHashMap<>();
  private long nextLook;
  private boolean unreadable;
  private boolean moreToRead;

  Rounds(
      Inbox inbox,
      Reader reader,
      Decisions decisions,
      Effects effects,
      Watches watches,
      Ledger ledger,
      Handover handover,
      Crew crew,
      Submissions submissions,
      Clock clock,
      Patience patience) {
    this.inbox = inbox;
    this.reader = reader;
    this.decisions = decisions;
    this.effects = effects;
    this.watches = watches;
    this.ledger = ledger;
    this.handover = handover;
    this.crew = crew;
    this.submissions = submissions;
    this.clock = clock;
    this.patience = patience;
    this.slowCopies = new SlowCopies(inbox, clock);
    this.nextLook = clock.nanos();
  }

  /**
   * One round.
   *
   * @return how long there is nothing to do, in nanoseconds, unless mail comes
   */
  long round(Mailbox.Mail mail) {
    long begin = clock.nanos();
    long before = decisions.progress();
    decisions.settleDone();
    decisions.run(mail.orders());
    boolean due = missing.values().stream().anyMatch(s -> begin - s >= patience.gone().toNanos());
    if (mail.everything() || due || begin - nextLook >= 0) {
      lookAtAll(mail.names(), begin);
    } else {
      mail.names().forEach((name, touched) -> lookAt(name, touched, begin));
    }
    decisions.decide(gather(begin), moreToRead);
    if (!decisions.closed()) {
      takeOut();
      effects.tellOfThoseThatWaited();
      effects.rollBackTheWorse();
    }
    decisions.flush();
    return decisions.progress() > before || moreToRead ? 0 : pause();
  }

  private void lookAtAll(Map<String, Long> touched, long now) {
    Map<String, Stamp> found;
    slowCopies.look();
    try {
      found = inbox.look();
      unreadable = false;
    } catch (IOException e) {
      // Not knowing what is there is no reason to take anything out.
      if (!unreadable) {
        LOG.atError()
            .addKeyValue("folder", inbox.folder())
            .setCause(e)
            .log("the inbox cannot be read; what runs keeps running");
      }
      unreadable = true;
      nextLook = now + patience.look().toNanos();
      return;
    }
    found.forEach((name, stamp) -> seen(name, stamp, touched.getOrDefault(name, now), now));
    Set<String> absent = new TreeSet<>(sightings.keySet());
    absent.addAll(ledger.content().inbox().keySet());
    absent.removeAll(found.keySet());
    absent.forEach(name -> absent(name, now));
    missing.keySet().removeIf(name -> !absent.contains(name));
    nextLook = now + patience.look().toNanos();
  }

  private void lookAt(String name, long touched, long now) {
    try {
      Optional<Stamp> stamp = inbox.stamp(name);
      if (stamp.isPresent()) {
        seen(name, stamp.get(), touched, now);
      } else {
        absent(name, now);
      }
    } catch (IOException e) {
      LOG.debug("{} could not be looked at; the next look at all will tell", name, e);
    }
  }

  private void seen(String name, Stamp stamp, long touched, long now) {
    if (crew.has(name)) {
      return; // It is looked at again when it was decided upon what was there.
    }
    missing.remove(name);
    Sighting known = sightings.get(name);
    if (known == null) {
      sightings.put(name, new Sighting(name, stamp, touched, now));
    } else {
      known.seen(stamp, touched, now);
    }
  }

  private void absent(String name, long now) {
    if (crew.has(name)) {
      return;
    }
    sightings.remove(name);
    if (ledger.content().inbox().containsKey(name)) {
      missing.putIfAbsent(name, now);
    }
  }

  /** The files that can be decided upon. */
  private List<Candidate> gather(long now) {
    List<Candidate> batch = new ArrayList<>();
    int room = MOST_READ;
    moreToRead = false;
    List<Sighting> toRead = new ArrayList<>();
    for (Sighting sighting : sightings.values()) {
      if (crew.has(sighting.name())) {
        continue;
      }
      if (sighting.open() && sighting.hold().isPresent()) {
        batch.add(sighting.hold().get().candidate());
      } else if (sighting.open()) {
        toRead.add(sighting);
      }
    }
    while (!toRead.isEmpty() && !decisions.closed()) {
      if (room == 0) {
        moreToRead = true;
        break;
      }
      List<Sighting> next = toRead.subList(0, Math.min(room, toRead.size()));
      // Asked here: the ledger is for this thread only.
      Content content = ledger.content();
      room -= take(crew.read(List.copyOf(next), sighting -> read(sighting, now, content)), batch);
      next.clear();
    }
    return decisions.closed() ? List.of() : batch;
  }

  private Optional<Candidate> read(Sighting sighting, long now, Content content) {
    boolean settled = now - sighting.stillSince() >= patience.settle().toNanos();
    return reader.read(sighting, settled, content);
  }

  /** Takes what was read; returns for how many there is something to do. */
  private int take(List<Crew.Read> all, List<Candidate> batch) {
    int counted = 0;
    for (Crew.Read one : all) {
      Sighting sighting = one.sighting();
      if (one.why().isPresent()) {
        if (!sighting.isComplete()) {
          slowCopies.watch(sighting.name(), sighting.stamp());
        }
        effects.refuse(
            sighting,
            Optional.empty(),
            Verdict.Refusal.of(one.why().get()),
            submissions.of(sighting.name()));
      }
      one.candidate().ifPresent(batch::add);
      // One that is not complete yet costs a look at its end only, and comes again.
      boolean later = sighting.open() && one.candidate().isEmpty();
      counted += later ? 0 : 1;
    }
    return counted;
  }

  /** Bundles whose files are gone for good. */
  private void takeOut() {
    long now = clock.nanos();
    for (Map.Entry<String, Long> entry : List.copyOf(missing.entrySet())) {
      if (decisions.closed() || now - entry.getValue() < patience.gone().toNanos()) {
        continue;
      }
      String file = entry.getKey();
      missing.remove(file);
      if (!ledger.content().inbox().containsKey(file) || isThere(file)) {
        continue; // Meanwhile its bundle came in another file, or the file came back.
      }
      Optional<BundleEntry> bundle =
          ledger.content().bundles().stream().filter(b -> b.file().equals(file)).findFirst();
      if (bundle.isEmpty()) {
        effects.unlist(file);
      } else if (mayVacate(bundle.get())) {
        effects.vacateForGood(bundle.get());
      }
    }
  }

  /** This room itself does not go without another one to take over, which then writes it down. */
  private boolean mayVacate(BundleEntry bundle) {
    if (!Candidate.isDeploy(bundle.kind(), bundle.name())) {
      return true;
    }
    Optional<BundleEntry> own = effects.fallback(bundle);
    if (own.isPresent() && handover.serves(own.get().sha256())) {
      return true;
    }
    if (own.isPresent()
        && decisions.handOver(
            own.get().sha256(), () -> effects.takesOver(own.get()), taken -> taken)) {
      return false;
    }
    effects.keep(bundle);
    return false;
  }

  private boolean isThere(String file) {
    try {
      return inbox.stamp(file).isPresent();
    } catch (IOException e) {
      LOG.debug("{} could not be looked at and counts as there", file, e);
      return true;
    }
  }

  private long pause() {
    long now = clock.nanos();
    long next = nextLook - now;
    for (Sighting sighting : sightings.values()) {
      if (sighting.open() && !crew.has(sighting.name())) {
        long due =
            sighting.hold().isPresent()
                ? sighting.hold().get().since() + patience.hold().toNanos()
                : sighting.stillSince() + patience.settle().toNanos();
        next = Math.min(next, due - now);
      }
    }
    if (watches.due().isPresent()) {
      next = Math.min(next, watches.due().getAsLong() - now);
    }
    for (long since : missing.values()) {
      next = Math.min(next, since + patience.gone().toNanos() - now);
    }
    return Math.max(SHORTEST.toNanos(), next);
  }
}
