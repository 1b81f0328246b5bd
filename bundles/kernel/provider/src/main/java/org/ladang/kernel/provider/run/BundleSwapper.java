package org.ladang.kernel.provider.run;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.provider.gate.Catalog;
import org.ladang.kernel.provider.proxy.Pulse;
import org.ladang.kernel.provider.proxy.ServiceBroker;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Passports;
import org.ladang.kernel.swap.Store;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.kernel.swap.SwapPlan;
import org.ladang.kernel.swap.Swapper;
import org.ladang.kernel.swap.Trial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The swap runner: beside, prove, flip, drain, stop. */
public final class BundleSwapper implements Swapper {
  private static final Logger LOG = LoggerFactory.getLogger(BundleSwapper.class);

  private final Residents residents;
  private final Installer installer;
  private final Prover prover;
  private final Retirement retirement;
  private final UpgradeHooks hooks;
  private final PluginFolders folders;
  private final Migration migration;
  private final Reach reach;
  private final Rewiring rewiring;
  private final ServiceBroker broker;
  private final Catalog catalog;
  private final Passports passports;
  private final Store store;
  private final Pulse pulse;

  BundleSwapper(
      Residents residents,
      Installer installer,
      Prover prover,
      Retirement retirement,
      UpgradeHooks hooks,
      PluginFolders folders,
      Reach reach,
      Rewiring rewiring,
      ServiceBroker broker,
      Catalog catalog,
      Passports passports,
      Store store,
      Pulse pulse) {
    this.residents = residents;
    this.installer = installer;
    this.prover = prover;
    this.retirement = retirement;
    this.hooks = hooks;
    this.folders = folders;
    this.reach = reach;
    this.rewiring = rewiring;
    this.migration = new Migration(folders, hooks);
    this.broker = broker;
    this.catalog = catalog;
    this.passports = passports;
    this.store = store;
    this.pulse = pulse;
  }

  @Override
  public SwapOutcome apply(BundleEntry entry, Trial trial) {
    Resident place = residents.at(entry.symbolicName());
    place.swapping.lock();
    try {
      return applyAlone(place, entry, trial);
    } finally {
      place.swapping.unlock();
      pulse.beat();
    }
  }

  private SwapOutcome applyAlone(Resident place, BundleEntry entry, Trial trial) {
    Passport passport;
    try {
      passport = passports.read(store.path(entry.sha256()));
    } catch (LadangException e) {
      return residents.refuse(place, entry, null, e);
    }
    try {
      catalog.checkFree(passport);
    } catch (LadangException e) {
      return residents.refuse(place, entry, passport, e);
    }
    Resident.Occupant old = place.occupant();
    BundleStatus now = place.status();
    boolean same =
        old != null
            && old.entry().sha256().equals(entry.sha256())
            && old.entry().data().equals(entry.data());
    if (same
        && now != null
        && !entry.stopped()
        && now.state() != Condition.STOPPED
        && now.state() != Condition.REFUSED) {
      place.occupy(new Resident.Occupant(entry, old.passport(), old.bundle(), old.context()));
      return Residents.outcome(
          residents.become(place, entry, passport, now.state(), now.sentence(), now.code()));
    }
    if (entry.stopped()) {
      return stopped(place, entry, passport);
    }
    // One that migrates is started now: at its first call nobody would know from what.
    if (passport.kind() == Kind.PLUGIN && passport.lazy() && !migration.needed(old, entry)) {
      return lazy(place, entry, passport);
    }
    return bringUp(place, entry, passport, trial);
  }

  /** Installs and starts a bundle, beside the former one or in its place. */
  private SwapOutcome bringUp(Resident place, BundleEntry entry, Passport passport, Trial trial) {
    Resident.Occupant old = place.occupant();
    boolean serving = place.serves() && old.bundle() != null;
    boolean beside = besides(old, entry, passport);
    if (!serving) {
      residents.become(place, entry, passport, Condition.STARTING, "", "");
    }
    if (!passport.overlap()) {
      broker.exclusive(entry.symbolicName());
    }
    Road road =
        serving && !beside
            ? () -> inPlace(place, old, entry, passport, trial)
            : serving
                ? () -> beside(place, old, install(old, entry, passport, true), trial)
                : () -> inEmptyPlace(place, old, entry, passport, trial);
    // Whoever goes back asks nobody.
    boolean asks =
        serving && trial != Trial.NONE && !old.passport().version().equals(passport.version());
    return asks
        ? withHooks(place, old, entry, passport, road)
        : taken(place, entry, passport, road);
  }

  /** Whether it may run beside what is there. */
  private static boolean besides(Resident.Occupant old, BundleEntry entry, Passport passport) {
    return passport.kind() != Kind.PLAIN
        && passport.overlap()
        && (old == null || old.passport().overlap())
        && !Migration.separates(old, entry);
  }

  /** One of the ways in which a bundle gets its place. */
  private interface Road {
    SwapOutcome take();
  }

  private SwapOutcome taken(Resident place, BundleEntry entry, Passport passport, Road road) {
    try {
      return road.take();
    } catch (LadangException e) {
      return residents.refuse(place, entry, passport, e);
    }
  }

  /** An upgrade that the plugin's own hooks have a say in. */
  private SwapOutcome withHooks(
      Resident place, Resident.Occupant old, BundleEntry entry, Passport passport, Road road) {
    String from = old.passport().version();
    try {
      hooks.beforeUpgrade(old, passport.version());
    } catch (LadangException e) {
      return residents.refuse(place, entry, passport, e);
    }
    SwapOutcome outcome = taken(place, entry, passport, road);
    if (outcome instanceof SwapOutcome.Live live) {
      return hooks
          .afterUpgrade(place.occupant(), from)
          .<SwapOutcome>map(e -> new SwapOutcome.Live(live.status(), e.getMessage()))
          .orElse(live);
    }
    hooks.upgradeCancelled(old, passport.version());
    return outcome;
  }

  /** Installs a bundle; its context is open unless its files have yet to be migrated. */
  private Resident.Occupant install(
      Resident.Occupant old, BundleEntry entry, Passport passport, boolean staged) {
    Resident.Occupant next = installer.install(entry, passport, staged);
    if (next.context() != null && !migration.needed(old, entry)) {
      next.context().open();
    }
    return next;
  }

  /** Nothing serves there, but a former version may wait or sleep; it comes back when the new one is refused. */
  private SwapOutcome inEmptyPlace(
      Resident place, Resident.Occupant old, BundleEntry entry, Passport passport, Trial trial) {
    if (old != null) {
      retirement.retire(old, "a new version takes its place.");
      place.occupy(null);
    }
    SwapOutcome outcome =
        fresh(place, old, install(old, entry, passport, trial != Trial.NONE), trial);
    boolean comesBack = old != null && !old.entry().sha256().equals(entry.sha256());
    if (outcome instanceof SwapOutcome.Refused refused && comesBack) {
      BundleStatus former = applyAlone(place, old.entry(), Trial.NONE).status();
      return new SwapOutcome.Refused(
          former, refused.code(), refused.sentence(), refused.next(), refused.details());
    }
    return outcome;
  }

  /** With a trial, nobody sees its services before the trial is over. */
  private SwapOutcome fresh(
      Resident place, Resident.Occupant old, Resident.Occupant next, Trial trial) {
    boolean staged = trial != Trial.NONE;
    if (!staged) {
      catalog.put(next.passport(), () -> {});
    }
    Proof proof = tried(old, next, trial);
    if (proof instanceof Proof.Bad bad) {
      catalog.remove(next.entry().symbolicName());
      broker.withdraw(next.entry().symbolicName(), "its bundle was refused.");
      boolean gone = installer.discard(next);
      return gone
          ? residents.refuse(place, next.entry(), next.passport(), bad.why())
          : residents.stuck(place, next, bad.why());
    }
    if (staged) {
      broker.goLive(next.bundle());
      catalog.put(next.passport(), () -> {});
    }
    occupy(place, next);
    return Residents.outcome(residents.proved(place, next, proof));
  }

  /** Starts a bundle, has it migrate where it must, proves it, and lets it stand its trial. */
  private Proof tried(Resident.Occupant old, Resident.Occupant next, Trial trial) {
    Optional<LadangException> failure = prover.start(next.bundle());
    if (failure.isEmpty() && migration.needed(old, next.entry())) {
      try {
        migration.run(old, next);
      } catch (LadangException e) {
        failure = Optional.of(e);
      }
    }
    Proof proof = failure.<Proof>map(Proof.Bad::new).orElseGet(() -> prover.prove(next.bundle()));
    if (proof instanceof Proof.Good && trial != Trial.NONE) {
      try {
        new StagedBundle(next, broker, prover.deadline()).stand(trial);
      } catch (LadangException e) {
        return new Proof.Bad(e);
      }
    }
    return proof;
  }

  private SwapOutcome beside(
      Resident place, Resident.Occupant old, Resident.Occupant next, Trial trial) {
    Proof proof = tried(old, next, trial);
    if (proof instanceof Proof.Good) {
      try {
        broker.checkFit(next.bundle());
      } catch (LadangException e) {
        proof = new Proof.Bad(e);
      }
    }
    LadangException why = objection(proof);
    if (why != null) {
      installer.discard(next);
      return residents.refuse(place, next.entry(), next.passport(), why);
    }
    broker.goLive(next.bundle());
    catalog.put(next.passport(), () -> {});
    occupy(place, next);
    BundleStatus status = residents.proved(place, next, proof);
    retirement.drainAndDiscard(old);
    return Residents.outcome(status);
  }

  /** For a plain bundle that others are wired to. */
  private SwapOutcome rewired(
      Resident place,
      Resident.Occupant old,
      BundleEntry entry,
      Passport passport,
      List<Resident.Occupant> users) {
    List<Resident> places =
        users.stream().map(u -> residents.at(u.entry().symbolicName())).toList();
    places.forEach(p -> p.swapping.lock());
    try {
      Rewiring.Outcome outcome = rewiring.replace(old, entry, passport, users);
      place.occupy(outcome.there());
      return outcome.why().isPresent()
          ? residents.refuse(place, entry, passport, outcome.why().get())
          : Residents.outcome(residents.proved(place, outcome.there(), new Proof.Good(false)));
    } finally {
      places.forEach(p -> p.swapping.unlock());
    }
  }

  /** For bundles that cannot stand beside each other: calls wait while the old one goes and the new one comes. */
  private SwapOutcome inPlace(
      Resident place, Resident.Occupant old, BundleEntry entry, Passport passport, Trial trial) {
    List<Resident.Occupant> users = passport.kind() == Kind.PLAIN ? reach.users(old) : List.of();
    if (!users.isEmpty()) {
      return rewired(place, old, entry, passport, users);
    }
    Resident.Occupant next = install(old, entry, passport, true);
    broker.hold(entry.symbolicName());
    try {
      retirement.drainAndStop(old);
      Proof proof = tried(old, next, trial);
      if (proof instanceof Proof.Good && passport.kind() != Kind.PLAIN) {
        broker.checkFit(next.bundle());
      }
      LadangException why = objection(proof);
      if (why != null) {
        throw why;
      }
      broker.goLive(next.bundle());
      catalog.put(passport, () -> {});
      occupy(place, next);
      installer.discard(old);
      return Residents.outcome(residents.proved(place, next, proof));
    } catch (LadangException e) {
      installer.discard(next);
      Optional<LadangException> broken = prover.start(old.bundle());
      broken.ifPresent(b -> LOG.error("{} did not come back: {}", entry.symbolicName(), b.line()));
      if (broken.isEmpty()) {
        prover.prove(old.bundle());
      }
      return residents.refuse(place, entry, passport, e);
    } finally {
      broker.release(entry.symbolicName());
    }
  }

  private void occupy(Resident place, Resident.Occupant next) {
    place.occupy(next);
    if (next.context() != null) {
      folders.serves(next.entry());
    }
  }

  /** Why a bundle that is to replace a serving one may not; null when it may. */
  private static LadangException objection(Proof proof) {
    if (proof instanceof Proof.Bad bad) {
      return bad.why();
    }
    if (proof instanceof Proof.Waits waits) {
      return new LadangException("LADANG-SWAP-013", waits.sentence())
          .next("Bring what it waits for first; the former version keeps serving.");
    }
    return null;
  }

  private SwapOutcome lazy(Resident place, BundleEntry entry, Passport passport) {
    try {
      installer.checkResolves(entry, passport);
    } catch (LadangException e) {
      return residents.refuse(place, entry, passport, e);
    }
    Resident.Occupant old = place.occupant();
    catalog.put(passport, () -> wake(entry.symbolicName()));
    place.occupy(new Resident.Occupant(entry, passport, null, null));
    BundleStatus status = residents.become(place, entry, passport, Condition.READY_LAZY, "", "");
    if (old != null) {
      broker.withdraw(entry.symbolicName(), "its new version is started at its first call.");
      retirement.drainAndDiscard(old);
    }
    return Residents.outcome(status);
  }

  /** Starts a lazy plugin at its first call; returns when it is clear how it is. */
  private void wake(String symbolicName) {
    Resident place = residents.find(symbolicName);
    if (place == null) {
      return;
    }
    place.swapping.lock();
    try {
      Resident.Occupant sleeper = place.occupant();
      BundleStatus now = place.status();
      if (sleeper == null || sleeper.bundle() != null || now.state() != Condition.READY_LAZY) {
        return;
      }
      place.occupy(null);
      SwapOutcome outcome = bringUp(place, sleeper.entry(), sleeper.passport(), Trial.NONE);
      if (outcome instanceof SwapOutcome.Refused refused) {
        throw new LadangException(refused.code(), refused.sentence()).next(refused.next());
      }
    } finally {
      place.swapping.unlock();
      pulse.beat();
    }
  }

  private SwapOutcome stopped(Resident place, BundleEntry entry, Passport passport) {
    Resident.Occupant old = place.occupant();
    if (old != null) {
      broker.withdraw(entry.symbolicName(), "an operator stopped it.");
      retirement.drainAndDiscard(old);
    }
    catalog.stop(passport);
    place.occupy(new Resident.Occupant(entry, passport, null, null));
    return Residents.outcome(
        residents.become(
            place,
            entry,
            passport,
            Condition.STOPPED,
            "An operator stopped it.",
            "LADANG-SWAP-014"));
  }

  @Override
  public SwapPlan plan(BundleEntry entry) {
    Passport passport = passports.read(store.path(entry.sha256()));
    catalog.checkFree(passport);
    Resident place = residents.find(entry.symbolicName());
    Resident.Occupant old = place == null ? null : place.occupant();
    if (old != null && old.entry().sha256().equals(entry.sha256())) {
      return new SwapPlan(SwapPlan.Road.NONE, List.of());
    }
    boolean serves = place != null && place.serves() && old.bundle() != null;
    SwapPlan.Road road =
        passport.lazy() && !migration.needed(old, entry)
            ? SwapPlan.Road.AT_FIRST_CALL
            : !serves
                ? SwapPlan.Road.NEW
                : besides(old, entry, passport) ? SwapPlan.Road.BESIDE : SwapPlan.Road.IN_PLACE;
    List<SwapPlan.Touched> touched =
        serves
            ? reach.of(old, store.path(old.entry().sha256()), passport, store.path(entry.sha256()))
            : List.of();
    return new SwapPlan(road, touched);
  }

  @Override
  public void checkResolves(BundleEntry entry) {
    Passport passport = passports.read(store.path(entry.sha256()));
    Resident place = residents.find(entry.symbolicName());
    // A plain bundle that is there may be a singleton: only when that one is gone can it be tried.
    if (place == null || place.occupant() == null || passport.kind() != Kind.PLAIN) {
      installer.checkResolves(entry, passport);
    }
  }

  @Override
  public Set<String> assemble(List<BundleEntry> entries) {
    return installer.assemble(entries.stream().filter(this::comesUp).toList());
  }

  /** Whether a bundle would be installed when it is applied, and is not yet. */
  private boolean comesUp(BundleEntry entry) {
    Resident place = residents.find(entry.symbolicName());
    if (place != null && place.occupant() != null) {
      return false;
    }
    try {
      return !passports.read(store.path(entry.sha256())).lazy();
    } catch (LadangException e) {
      return false; // It is told when it is applied.
    }
  }

  @Override
  public void beforeRemoval(String symbolicName) {
    serving(symbolicName).ifPresent(hooks::beforeRemove);
  }

  @Override
  public void removalCancelled(String symbolicName) {
    serving(symbolicName).ifPresent(hooks::removeCancelled);
  }

  private Optional<Resident.Occupant> serving(String symbolicName) {
    return Optional.ofNullable(residents.find(symbolicName))
        .filter(Resident::serves)
        .map(Resident::occupant);
  }

  @Override
  public void remove(String symbolicName) {
    Resident place = residents.find(symbolicName);
    if (place == null) {
      return;
    }
    place.swapping.lock();
    try {
      Resident.Occupant old = place.occupant();
      catalog.remove(symbolicName);
      broker.withdraw(symbolicName, "it was removed.");
      if (old != null) {
        retirement.drainAndDiscard(old);
        if (old.entry().kind() == Kind.PLUGIN) {
          folders.left(old.entry());
        }
      }
      residents.remove(symbolicName);
    } finally {
      place.swapping.unlock();
      pulse.beat();
    }
  }

  @Override
  public List<BundleStatus> statuses() {
    return residents.statuses();
  }

  @Override
  public Optional<BundleStatus> status(String name) {
    return residents.status(name);
  }

  @Override
  public List<String> why(String symbolicName) {
    return residents.why(symbolicName);
  }

  /** The bundles that run now, with what they say of themselves. */
  List<Resident.Occupant> occupants() {
    return residents.occupants();
  }
}
