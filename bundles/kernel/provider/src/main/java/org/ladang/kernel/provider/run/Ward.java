package org.ladang.kernel.provider.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;
import org.ladang.kernel.provider.run.FailureCount.Consequence;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Generations;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Quarantine;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.kernel.swap.Swapper;

/**
 * Looks after plugins that fail after they had run: restarts them with growing patience, and at last isolates them. Looks
 * every so often instead of listening: whoever fails a hundred times a second is seen once. One round at a time.
 */
final class Ward implements Quarantine {
  // What may heal by a restart; whoever waits for a service (013) is not ill.
  private static final Set<String> ILL =
      Set.of("LADANG-SWAP-008", "LADANG-SWAP-012", "LADANG-SWAP-015");

  private final Swapper swapper;
  private final Residents residents;
  private final Generations generations;
  private final State state;
  private final Clock clock;
  private final Events events;
  private final Duration first;
  private final ReentrantLock round = new ReentrantLock();
  private final Map<String, Patient> patients = new ConcurrentHashMap<>();

  /** A plugin that failed. */
  private static final class Patient {
    private final String sha256;
    private final FailureCount failures;
    private volatile Instant restart;

    private Patient(String sha256, Duration first) {
      this.sha256 = sha256;
      this.failures = new FailureCount(first);
    }
  }

  /**
   * A ward.
   *
   * @param state keeps who is quarantined: symbolic name to hash
   * @param first the wait before the first restart
   */
  Ward(
      Swapper swapper,
      Residents residents,
      Generations generations,
      State state,
      Clock clock,
      Events events,
      Duration first) {
    this.swapper = swapper;
    this.residents = residents;
    this.generations = generations;
    this.state = state;
    this.clock = clock;
    this.events = events;
    this.first = first;
  }

  /** Whether that very jar is not to be started. */
  boolean isolates(BundleEntry entry) {
    return !entry.stopped()
        && state.get(entry.symbolicName()).filter(entry.sha256()::equals).isPresent();
  }

  /** Shows a bundle that was quarantined by an earlier run, without starting it. */
  void admit(BundleEntry entry) {
    isolate(entry, entry.name() + " was quarantined before the runtime was started again.");
  }

  /** Whether somebody waits to be restarted, and has waited long enough. */
  boolean due() {
    Instant now = clock.now();
    return patients.values().stream()
        .map(patient -> patient.restart)
        .anyMatch(at -> at != null && !now.isBefore(at));
  }

  /** Looks at all plugins, restarts who is due and isolates who failed too often. */
  void look() {
    if (!round.tryLock()) {
      return;
    }
    try {
      for (BundleStatus status : swapper.statuses()) {
        if (status.entry().kind() == Kind.PLUGIN) {
          look(status);
        }
      }
    } finally {
      round.unlock();
    }
  }

  private void look(BundleStatus status) {
    String name = status.entry().symbolicName();
    Patient patient = patients.get(name);
    if (patient != null && !patient.sha256.equals(status.entry().sha256())) {
      patients.remove(name); // Another version: a new life.
      patient = null;
    }
    if (!ill(status)) {
      if (patient != null) {
        patient.restart = null; // Somebody else cured it.
      }
      forgetOther(status);
      return;
    }
    if (patient == null) {
      patient = new Patient(status.entry().sha256(), first);
      patients.put(name, patient);
    }
    Instant now = clock.now();
    if (patient.restart == null) {
      failed(patient, status, now);
    } else if (!now.isBefore(patient.restart)) {
      patient.restart = null;
      restart(status.entry());
    }
  }

  /** A quarantine ends with the version that earned it. */
  private void forgetOther(BundleStatus status) {
    BundleEntry entry = status.entry();
    boolean other =
        status.state() != Condition.QUARANTINED
            && state.get(entry.symbolicName()).filter(s -> !s.equals(entry.sha256())).isPresent();
    if (other) {
      state.remove(entry.symbolicName());
    }
  }

  private boolean ill(BundleStatus status) {
    BundleEntry entry = status.entry();
    if (entry.stopped()) {
      return false;
    }
    if (status.state() == Condition.WAITING) {
      return ILL.contains(status.code());
    }
    // What was refused on its way in is not named by the generation; what had run is.
    return status.state() == Condition.REFUSED
        && generations
            .current()
            .bundle(entry.symbolicName())
            .filter(named -> named.sha256().equals(entry.sha256()) && !named.stopped())
            .isPresent();
  }

  private void failed(Patient patient, BundleStatus status, Instant now) {
    BundleEntry entry = status.entry();
    String what = entry.name() + " " + entry.version();
    Consequence consequence = patient.failures.failed(now);
    if (consequence instanceof Consequence.Restart restart) {
      patient.restart = now.plus(restart.after());
      events.publish(
          Event.Severity.WARNING,
          "swap.restart",
          entry.name(),
          what
              + " failed and is restarted in "
              + Prover.seconds(restart.after())
              + ": "
              + status.sentence(),
          Map.of("code", status.code()));
      return;
    }
    Consequence.Quarantine quarantine = (Consequence.Quarantine) consequence;
    patients.remove(entry.symbolicName());
    state.put(entry.symbolicName(), entry.sha256());
    isolate(
        entry,
        what
            + " failed "
            + quarantine.failures()
            + " times within "
            + Math.max(1, quarantine.within().toSeconds())
            + " s, the last time so: "
            + status.sentence());
  }

  private void isolate(BundleEntry entry, String why) {
    Resident place = residents.at(entry.symbolicName());
    place.swapping.lock();
    try {
      SwapOutcome outcome = swapper.apply(entry.withStopped(true));
      BundleStatus status =
          residents.become(
              place,
              entry,
              outcome.status().passport(),
              Condition.QUARANTINED,
              why + " `plugin:release " + entry.name() + "` tries again.",
              "LADANG-SWAP-023");
      events.publish(
          Event.Severity.ERROR,
          "swap.quarantine",
          entry.name(),
          status.sentence(),
          Map.of("code", status.code()));
    } finally {
      place.swapping.unlock();
    }
  }

  /** Takes it out and brings it in again, unless it was cured or replaced in the meantime. */
  private SwapOutcome restart(BundleEntry entry) {
    Resident place = residents.at(entry.symbolicName());
    place.swapping.lock();
    try {
      Optional<BundleStatus> now = swapper.status(entry.symbolicName());
      boolean same = now.filter(s -> s.entry().sha256().equals(entry.sha256())).isPresent();
      if (!same) {
        return now.map(Residents::outcome).orElse(null);
      }
      swapper.apply(entry.withStopped(true));
      return swapper.apply(entry);
    } finally {
      place.swapping.unlock();
    }
  }

  @Override
  public SwapOutcome release(String name) {
    BundleStatus status =
        swapper
            .status(name)
            .filter(s -> s.state() == Condition.QUARANTINED)
            .orElseThrow(
                () ->
                    new LadangException(
                            "LADANG-SWAP-024", "There is no plugin " + name + " in quarantine.")
                        .next("plugin:list shows how the plugins are."));
    String symbolicName = status.entry().symbolicName();
    patients.remove(symbolicName);
    state.remove(symbolicName);
    SwapOutcome outcome = restart(status.entry());
    events.info("swap.release", status.entry().name(), status.entry().name() + " was released.");
    return outcome;
  }
}
