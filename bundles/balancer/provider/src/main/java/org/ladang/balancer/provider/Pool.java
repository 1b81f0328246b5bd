package org.ladang.balancer.provider;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancer;
import org.ladang.balancer.Endpoint;
import org.ladang.balancer.EndpointState;
import org.ladang.balancer.EndpointStats;
import org.ladang.balancer.LoadReport;
import org.ladang.balancer.Outcome;
import org.ladang.balancer.Permit;
import org.ladang.balancer.PoolSettings;
import org.ladang.balancer.PoolSpec;
import org.ladang.balancer.PoolStats;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;

/**
 * A pool of endpoints. A pick reads one array that is never changed, only replaced, and takes no lock. What changes the
 * array (somebody comes, goes, is ejected or returns) does so under the pool's lock. Time is looked at by {@link #tick}
 * only, which is called again and again and drives slow start and the return of the ejected.
 */
final class Pool {
  /** Endpoints that went are remembered so long and so many, that one that comes and goes is known again. */
  private static final int MOST_GONE = 256;

  private static final double LEAST_RAMP = 0.1;
  private static final double RAMP_STEPS = 20;

  private final Clock clock;
  private final Events events;
  private final Ejection ejection;
  private final Snapshot.Shared shared;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Snapshot snapshot;

  // Under the lock.
  private final TreeMap<String, Target> targets = new TreeMap<>();
  private final Map<String, Target> gone = new LinkedHashMap<>();
  private volatile PoolSpec spec;
  private Balancer balancer;
  private boolean panic;

  Pool(
      PoolSpec spec,
      Balancer balancer,
      Set<String> drained,
      Clock clock,
      Dice dice,
      Events events) {
    this(spec, balancer, drained, Map.of(), clock, dice, events);
  }

  /**
   * @param known what the former provider knew of its endpoints
   */
  Pool(
      PoolSpec spec,
      Balancer balancer,
      Set<String> drained,
      Map<String, Ledger.Line> known,
      Clock clock,
      Dice dice,
      Events events) {
    this.spec = spec;
    this.balancer = balancer;
    this.clock = clock;
    this.events = events;
    this.ejection = new Ejection(clock, events);
    shared = new Snapshot.Shared(clock, dice, new AtomicLong(), inFlight);
    for (Endpoint endpoint : spec.endpoints()) {
      Target target = new Target(endpoint, clock);
      target.draining = drained.contains(endpoint.id());
      target.quietSince = clock.nanos();
      if (known.containsKey(endpoint.id())) {
        target.recall(known.get(endpoint.id()));
      }
      targets.put(endpoint.id(), target);
    }
    ejection.windowBegins(targets.values());
    publish();
  }

  // From one provider of the room to the next.

  /** What is to be kept of it. */
  Map<String, Ledger.Line> lines() {
    lock.lock();
    try {
      Map<String, Ledger.Line> lines = new TreeMap<>();
      targets.forEach((id, target) -> lines.put(id, target.line()));
      return lines;
    } finally {
      lock.unlock();
    }
  }

  /** Adds what the former provider counted after this pool was made. */
  void add(Map<String, Ledger.Line> more) {
    lock.lock();
    try {
      more.forEach(
          (id, line) -> {
            Target target = targets.get(id);
            if (target != null) {
              target.count(line);
            }
          });
    } finally {
      lock.unlock();
    }
  }

  /** Who is ejected and who is down, as one number: it changes when one of that does. */
  int troubles() {
    lock.lock();
    try {
      int sum = 0;
      for (Target target : targets.values()) {
        sum = 31 * sum + (target.ejected ? target.ejections : 0) * 2 + (target.down ? 1 : 0);
      }
      return sum;
    } finally {
      lock.unlock();
    }
  }

  // The path of calls.

  Endpoint pick(Ask ask) {
    Snapshot now = snapshot;
    Target target = now.target(index(now, ask));
    target.begin();
    inFlight.incrementAndGet();
    return target.endpoint();
  }

  void done(String id, Outcome outcome, long took) {
    Snapshot now = snapshot;
    Target target = now.byId.get(id);
    if (target != null && target.end()) {
      inFlight.decrementAndGet();
      result(now, target, outcome, took);
    }
  }

  void record(String id, Outcome outcome, long took) {
    Snapshot now = snapshot;
    Target target = now.byId.get(id);
    if (target != null) {
      result(now, target, outcome, took);
    }
  }

  void record(String id, int times, long took) {
    Target target = snapshot.byId.get(id);
    if (target != null) {
      target.madeWell(times, took);
    }
  }

  private int index(Snapshot now, Ask ask) {
    int size = now.size();
    if (size == 0) {
      throw nobody();
    }
    int index;
    try {
      index = now.balancer.pick(now, ask);
    } catch (RuntimeException e) {
      tellUnfit(now, e.toString());
      index = -1;
    }
    // Whatever a foreign algorithm does, the call finds somebody.
    return index >= 0 && index < size ? index : (int) (now.next() % size);
  }

  private void tellUnfit(Snapshot now, String why) {
    if (now.unfit.compareAndSet(false, true)) {
      events.error(
          "balancer.algorithm_failed",
          spec.name(),
          "The algorithm " + spec.algorithm() + " failed; endpoints are called in turn: " + why);
    }
  }

  private void result(Snapshot now, Target target, Outcome outcome, long took) {
    try {
      now.balancer.ended(now, target, outcome, took);
    } catch (RuntimeException e) {
      tellUnfit(now, e.toString());
    }
    if (outcome == Outcome.OK) {
      target.wentWell(took);
    } else if (outcome != Outcome.CANCELLED) {
      int row = target.wentWrong(took);
      int most = settings().failuresInARow();
      if (most > 0 && row >= most) {
        failing(target, row);
      }
    }
  }

  Permit canExecute(Ask ask) {
    Snapshot now = snapshot;
    if (now.size() == 0) {
      return new Permit(false, Optional.empty(), nobody().getMessage());
    }
    Endpoint endpoint = now.target(index(now, ask)).endpoint();
    return new Permit(
        true,
        Optional.of(endpoint),
        now.size() + " of " + now.known() + " endpoints may be called.");
  }

  private LadangException nobody() {
    return new LadangException(
            "LADANG-BALANCER-002", "The pool " + spec().name() + " has nobody who may be called.")
        .next("balancer:stats " + spec().name() + " says why for each endpoint.");
  }

  // What changes the array.

  /** Takes what is wanted now; endpoints that stay keep their counts, those that come warm up. */
  void set(PoolSpec wanted, Balancer algorithm, Set<String> drained) {
    lock.lock();
    try {
      boolean other = algorithm != balancer;
      spec = wanted;
      balancer = algorithm;
      Map<String, Target> before = new HashMap<>(targets);
      targets.clear();
      for (Endpoint endpoint : wanted.endpoints()) {
        Target target = before.remove(endpoint.id());
        if (target == null) {
          target = gone.remove(endpoint.id());
          if (target == null) {
            target = new Target(endpoint, clock);
            target.draining = drained.contains(endpoint.id());
            target.quietSince = clock.nanos();
          }
          warm(target);
        }
        target.endpoint = endpoint;
        target.ramp(target.ramp());
        targets.put(endpoint.id(), target);
      }
      before.forEach(this::goes);
      if (other) {
        targets.values().forEach(Target::forget);
      }
      publish();
    } finally {
      lock.unlock();
    }
  }

  private void goes(String id, Target target) {
    gone.put(id, target);
    while (gone.size() > MOST_GONE) {
      Target forgotten = gone.remove(gone.keySet().iterator().next());
      while (forgotten.end()) {
        inFlight.decrementAndGet();
      }
    }
  }

  void drain(String id, boolean on) {
    lock.lock();
    try {
      Target target = known(id);
      if (target.draining != on) {
        target.draining = on;
        target.runOut = false;
        if (!on) {
          warm(target);
        }
        events.info(
            on ? "balancer.draining" : "balancer.drain_ended",
            spec.name(),
            on ? id + " gets no new calls." : id + " gets calls again.");
        publish();
      }
    } finally {
      lock.unlock();
    }
  }

  void health(String id, boolean up, String why) {
    lock.lock();
    try {
      Target target = known(id);
      target.downBecause = why;
      if (target.down == up) {
        target.down = !up;
        if (up) {
          // What it was like before it went down says nothing of how it is now.
          target.forget();
          warm(target);
          events.info("balancer.up", spec.name(), id + " is up again.");
        } else {
          events.warning("balancer.down", spec.name(), id + " is down: " + why);
        }
        publish();
      }
    } finally {
      lock.unlock();
    }
  }

  void report(String id, LoadReport load) {
    Target target = snapshot.byId.get(id);
    if (target == null) {
      throw unknown(id);
    }
    target.report(load, settings().reportLife().toNanos());
  }

  private void failing(Target target, int row) {
    lock.lock();
    try {
      if (targets.get(target.endpoint().id()) == target
          && ejection.eject(spec, targets.values(), target, row + " calls in a row failed.")) {
        publish();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets time count: called a few times a second. */
  void tick() {
    lock.lock();
    try {
      boolean changed = ejection.tick(spec, targets.values(), this::warm);
      for (Target target : targets.values()) {
        changed |= target.ramp(ramp(target));
        target.forgetOldReport();
        if (target.draining && !target.runOut && target.inFlight() == 0) {
          target.runOut = true;
          events.info(
              "balancer.drained", spec.name(), target.endpoint().id() + " has no calls any more.");
        }
      }
      if (changed) {
        publish();
      }
    } finally {
      lock.unlock();
    }
  }

  private void warm(Target target) {
    target.warmingSince = clock.nanos();
    target.ramp(settings().slowStart().isZero() ? 1 : LEAST_RAMP);
  }

  /** In steps, so that tables are not made anew for every thousandth. */
  private double ramp(Target target) {
    if (target.ramp() >= 1) {
      return 1;
    }
    double whole = settings().slowStart().toNanos();
    double warmed = whole == 0 ? 1 : (clock.nanos() - target.warmingSince) / whole;
    return Math.min(1, Math.max(LEAST_RAMP, Math.floor(warmed * RAMP_STEPS) / RAMP_STEPS));
  }

  private void publish() {
    List<Target> willing = new ArrayList<>();
    List<Target> well = new ArrayList<>();
    for (Target target : targets.values()) {
      if (!target.draining) {
        willing.add(target);
        if (target.well()) {
          well.add(target);
        }
      }
    }
    boolean few = well.size() < settings().panicBelow() * willing.size();
    List<Target> chosen = few ? willing : well;
    targets.values().forEach(target -> target.available(false));
    chosen.forEach(target -> target.available(true));
    // Calls to those that went still have to end.
    Map<String, Target> byId = new HashMap<>(gone);
    byId.putAll(targets);
    Snapshot next =
        new Snapshot(balancer, chosen, List.copyOf(targets.values()), Map.copyOf(byId), shared);
    try {
      next.prepare();
    } catch (RuntimeException e) {
      tellUnfit(next, e.toString());
    }
    snapshot = next;
    if (few != panic) {
      panic = few;
      tellPanic(well.size(), willing.size());
    }
  }

  private void tellPanic(int well, int willing) {
    if (panic) {
      events.error(
          "balancer.panic",
          spec.name(),
          "Only " + well + " of " + willing + " endpoints are well; all are called.");
    } else {
      events.info(
          "balancer.calm", spec.name(), well + " of " + willing + " endpoints are well again.");
    }
  }

  // What is said of it.

  PoolSpec spec() {
    return spec;
  }

  private PoolSettings settings() {
    return spec.settings();
  }

  private Target known(String id) {
    Target target = targets.get(id);
    if (target == null) {
      throw unknown(id);
    }
    return target;
  }

  private LadangException unknown(String id) {
    return new LadangException(
            "LADANG-BALANCER-006", "The pool " + spec.name() + " has no endpoint " + id + ".")
        .next("balancer:stats " + spec.name() + " lists them.");
  }

  PoolStats stats() {
    lock.lock();
    try {
      long calls = targets.values().stream().mapToLong(target -> target.picked.sum()).sum();
      List<EndpointStats> endpoints =
          targets.values().stream()
              .map(target -> stats(target, calls))
              .sorted(Comparator.comparing(EndpointStats::id))
              .toList();
      return new PoolStats(
          spec.name(),
          spec.algorithm(),
          snapshot.size(),
          panic,
          calls,
          targets.values().stream().mapToLong(target -> target.bad.sum()).sum(),
          targets.values().stream().mapToInt(Target::inFlight).sum(),
          endpoints);
    } finally {
      lock.unlock();
    }
  }

  private EndpointStats stats(Target target, long all) {
    Endpoint endpoint = target.endpoint();
    long bad = target.bad.sum();
    long ended = target.good.sum() + bad;
    return new EndpointStats(
        endpoint.id(),
        endpoint.address(),
        endpoint.zone(),
        state(target),
        all == 0 ? 0 : (double) target.picked.sum() / all,
        target.picked.sum(),
        bad,
        target.inFlight(),
        ended == 0 ? 0 : target.nanos.sum() / 1e6 / ended,
        target.weight(),
        target.reported(),
        target.ejections,
        target.ejected
            ? Optional.of(
                Math.max(0, TimeUnit.NANOSECONDS.toSeconds(target.ejectedUntil - clock.nanos())))
            : Optional.empty(),
        why(target));
  }

  private static EndpointState state(Target target) {
    if (target.draining) {
      return EndpointState.DRAINING;
    }
    if (target.down) {
      return EndpointState.DOWN;
    }
    if (target.ejected) {
      return EndpointState.EJECTED;
    }
    return target.ramp() < 1 ? EndpointState.WARMING : EndpointState.UP;
  }

  private static Optional<String> why(Target target) {
    return switch (state(target)) {
      case DRAINING -> Optional.of(target.inFlight() + " calls are still under way.");
      case DOWN -> Optional.of(target.downBecause);
      case EJECTED -> Optional.of(target.ejectedBecause);
      case UP, WARMING -> Optional.empty();
    };
  }
}
