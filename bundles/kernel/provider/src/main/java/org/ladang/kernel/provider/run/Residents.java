package org.ladang.kernel.provider.run;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.SwapOutcome;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The places of all symbolic names, and how each is. */
final class Residents {
  private static final Logger LOG = LoggerFactory.getLogger(Residents.class);

  private final Components components;
  private final Prover prover;
  private final Clock clock;
  private final Map<String, Resident> places = new ConcurrentHashMap<>();

  Residents(Components components, Prover prover, Clock clock) {
    this.components = components;
    this.prover = prover;
    this.clock = clock;
  }

  /** The place of that symbolic name, made when there is none. */
  Resident at(String symbolicName) {
    return places.computeIfAbsent(symbolicName, n -> new Resident());
  }

  /** The place of that symbolic name; null when there is none. */
  Resident find(String symbolicName) {
    return places.get(symbolicName);
  }

  void remove(String symbolicName) {
    places.remove(symbolicName);
  }

  List<BundleStatus> statuses() {
    Function<Bundle, Proof> looks = looks();
    return places.values().stream()
        .map(place -> refresh(place, looks))
        .filter(s -> s != null)
        .sorted(Comparator.comparing(s -> s.entry().name()))
        .toList();
  }

  /**
   * Looks at those who may have changed. Of more than one, who is there is read before everybody is asked, once: of a bundle
   * that came later nothing is known then, so that it is looked at by itself.
   */
  private Function<Bundle, Proof> looks() {
    Map<Bundle, Long> before = new HashMap<>();
    for (Resident place : places.values()) {
      BundleStatus status = place.status();
      Resident.Occupant there = place.occupant();
      if (mayChange(status, there) && !asItWas(place, there, status)) {
        before.put(there.bundle(), prover.changes(there.bundle()));
      }
    }
    if (before.size() < 2) {
      return bundle -> prover.look(bundle);
    }
    Function<Bundle, Proof> together = prover.looks();
    return bundle ->
        Objects.equals(before.get(bundle), prover.changes(bundle))
            ? together.apply(bundle)
            : prover.look(bundle);
  }

  Optional<BundleStatus> status(String name) {
    Resident direct = places.get(name);
    if (direct != null && direct.status() != null) {
      return Optional.ofNullable(refresh(direct, prover::look));
    }
    for (Map.Entry<String, Resident> entry : places.entrySet()) {
      BundleStatus known = entry.getValue().status();
      if (known != null && known.entry().name().equals(name)) {
        return Optional.ofNullable(refresh(entry.getValue(), prover::look));
      }
    }
    return Optional.empty();
  }

  List<String> why(String symbolicName) {
    Resident place = places.get(symbolicName);
    if (place == null) {
      return List.of();
    }
    BundleStatus status = refresh(place, prover::look);
    Resident.Occupant there = place.occupant();
    if (status != null && !status.sentence().isEmpty()) {
      return List.of(status.sentence());
    }
    return there == null || there.bundle() == null
        ? List.of()
        : components.report(there.bundle()).sentences();
  }

  /** The bundles that run now, with what they say of themselves. */
  List<Resident.Occupant> occupants() {
    return places.values().stream()
        .map(Resident::occupant)
        .filter(o -> o != null && o.bundle() != null)
        .toList();
  }

  /** Who runs as that bundle; null where it is none of the kernel's. */
  Resident.Occupant occupying(Bundle bundle) {
    return occupants().stream().filter(o -> o.bundle().equals(bundle)).findFirst().orElse(null);
  }

  /**
   * Components come and go without a swap: looks again before it tells, unless it is known that nothing came or went.
   */
  private BundleStatus refresh(Resident place, Function<Bundle, Proof> looks) {
    BundleStatus status = place.status();
    Resident.Occupant there = place.occupant();
    if (!mayChange(status, there) || asItWas(place, there, status)) {
      return status;
    }
    if (!place.swapping.tryLock()) {
      return status;
    }
    try {
      return place.occupant() == there ? look(place, there, status, looks) : place.status();
    } finally {
      place.swapping.unlock();
    }
  }

  private static boolean mayChange(BundleStatus status, Resident.Occupant there) {
    return status != null
        && (status.state() == Condition.ACTIVE || status.state() == Condition.WAITING)
        && there != null
        && there.bundle() != null;
  }

  private boolean asItWas(Resident place, Resident.Occupant there, BundleStatus status) {
    return status.state() == Condition.ACTIVE
        && there.bundle().getState() == Bundle.ACTIVE
        && place.stillGood(there.bundle(), prover.changes(there.bundle()));
  }

  private BundleStatus look(
      Resident place, Resident.Occupant there, BundleStatus status, Function<Bundle, Proof> looks) {
    if (there.bundle().getState() != Bundle.ACTIVE) {
      return become(
          place,
          there.entry(),
          there.passport(),
          Condition.WAITING,
          there.entry().symbolicName() + " is installed but was stopped from outside.",
          "LADANG-SWAP-015");
    }
    // First this, then the look: what happens in between is looked at once more.
    long changes = prover.changes(there.bundle());
    Proof proof = looks.apply(there.bundle());
    if (proof instanceof Proof.Good good && good.told()) {
      place.good(there.bundle(), changes);
    }
    return proof == null ? status : proved(place, there, proof);
  }

  /** What the proof says of the bundle that is there. */
  BundleStatus proved(Resident place, Resident.Occupant there, Proof proof) {
    if (proof instanceof Proof.Good) {
      return become(place, there.entry(), there.passport(), Condition.ACTIVE, "", "");
    }
    if (proof instanceof Proof.Waits waits) {
      return become(
          place,
          there.entry(),
          there.passport(),
          Condition.WAITING,
          waits.sentence(),
          "LADANG-SWAP-013");
    }
    LadangException why = ((Proof.Bad) proof).why();
    return become(
        place, there.entry(), there.passport(), Condition.WAITING, why.getMessage(), why.code());
  }

  /** A refused bundle that cannot even be taken out. */
  SwapOutcome stuck(Resident place, Resident.Occupant next, LadangException why) {
    BundleStatus status =
        become(
            place,
            next.entry(),
            next.passport(),
            Condition.STUCK,
            why.getMessage() + " It stays until the runtime is restarted.",
            why.code());
    return new SwapOutcome.Refused(
        status, why.code(), status.sentence(), why.nextStep().orElse(""), why.details());
  }

  /** A refusal; what is there stays as it is. */
  SwapOutcome refuse(Resident place, BundleEntry entry, Passport passport, LadangException why) {
    LOG.debug("refused {}", entry.symbolicName(), why);
    BundleStatus status = place.status();
    if (status == null || place.occupant() == null) {
      Passport known = passport == null ? Installer.unread(entry) : passport;
      status = become(place, entry, known, Condition.REFUSED, why.getMessage(), why.code());
    }
    return new SwapOutcome.Refused(
        status, why.code(), why.getMessage(), why.nextStep().orElse(""), why.details());
  }

  /** The place is in a new condition; since when is kept while it is the same one. */
  BundleStatus become(
      Resident place,
      BundleEntry entry,
      Passport passport,
      Condition condition,
      String sentence,
      String code) {
    BundleStatus before = place.status();
    boolean same =
        before != null
            && before.state() == condition
            && before.entry().sha256().equals(entry.sha256());
    return place.become(
        entry, passport, condition, same ? before.since() : clock.now(), sentence, code);
  }

  static SwapOutcome outcome(BundleStatus status) {
    return status.state() == Condition.WAITING
        ? new SwapOutcome.Waiting(status)
        : new SwapOutcome.Live(status);
  }
}
