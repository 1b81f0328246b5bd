package org.ladang.deploy.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ladang.health.Word;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Kind;

/**
 * Looks after versions that have just taken another's place: one that is sicker than its former, or fails more calls, is
 * to go back. A further version that comes meanwhile is watched in its place, and what it would go back to is still the
 * last one that was found good. Used by the worker's thread only.
 */
final class Watches {
  /** Fewer calls on either side say nothing about a rate. */
  static final int ENOUGH_CALLS = 20;

  /** So much more of the calls may fail before it counts as worse. */
  static final double SLACK = 0.05;

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /**
   * A version under watch.
   *
   * @param former where it would go back to
   * @param before how the former was
   * @param calls what the former had been called
   * @param began the sum of calls when it took over
   */
  private record Watch(
      BundleEntry former,
      BundleEntry next,
      Vitals.Sign before,
      CallTally.Sum calls,
      CallTally.Sum began,
      long since) {}

  /** A version that is to go back, and why. */
  record Worse(BundleEntry former, BundleEntry next, String why) {}

  private final Vitals vitals;
  private final CallTally tally;
  private final Events events;
  private final Clock clock;
  private final Duration period;
  private final Map<String, Watch> open = new LinkedHashMap<>();
  private final Map<String, Vitals.Sign> before = new HashMap<>();
  private final Map<String, CallTally.Sum> started = new HashMap<>();
  private final List<Worse> condemned = new ArrayList<>();
  private long nextLook;

  /**
   * @param period how long a version is watched; zero watches nothing
   */
  Watches(Vitals vitals, CallTally tally, Events events, Clock clock, Duration period) {
    this.vitals = vitals;
    this.tally = tally;
    this.events = events;
    this.clock = clock;
    this.period = period;
  }

  /** A version is about to be replaced: how it is will be what the next one is held against. */
  void notice(String symbolicName) {
    if (!period.isZero() && !open.containsKey(symbolicName)) {
      before.put(symbolicName, vitals.of(symbolicName));
    }
  }

  /** A version took another's place and serves. */
  void begin(BundleEntry former, BundleEntry next) {
    if (period.isZero() || next.kind() == Kind.PLAIN || former.sha256().equals(next.sha256())) {
      return;
    }
    String name = next.symbolicName();
    Watch running = open.remove(name);
    CallTally.Sum now = tally.of(name);
    CallTally.Sum calls = now.since(started.getOrDefault(name, CallTally.Sum.NONE));
    Vitals.Sign sign = Optional.ofNullable(before.remove(name)).orElse(Vitals.Sign.HEALTHY);
    open.put(
        name,
        running == null
            ? new Watch(former, next, sign, calls, now, clock.nanos())
            : new Watch(
                running.former(), next, running.before(), running.calls(), now, clock.nanos()));
    started.put(name, now);
    nextLook = clock.nanos() + INTERVAL.toNanos();
  }

  /** A version that took another's place says itself that it must not stay. */
  void condemn(BundleEntry former, BundleEntry next, String why) {
    end(next.symbolicName());
    condemned.add(new Worse(former, next, "it said: " + why));
  }

  /** A bundle went, or was brought to something else: nobody watches it any more. */
  void end(String symbolicName) {
    open.remove(symbolicName);
  }

  /** Those that are worse than their former; they are no longer watched. */
  List<Worse> look() {
    List<Worse> worse = new ArrayList<>(condemned);
    condemned.clear();
    long now = clock.nanos();
    if (open.isEmpty() || now < nextLook) {
      return worse;
    }
    nextLook = now + INTERVAL.toNanos();
    open.values().stream()
        .flatMap(w -> why(w).map(why -> new Worse(w.former(), w.next(), why)).stream())
        .forEach(worse::add);
    worse.forEach(w -> open.remove(w.next().symbolicName()));
    open.values()
        .removeIf(
            watch -> {
              boolean over = now - watch.since() >= period.toNanos();
              if (over) {
                committed(watch);
              }
              return over;
            });
    return worse;
  }

  /** When to look again, in nanoseconds of the clock; empty where nothing is watched. */
  OptionalLong due() {
    return open.isEmpty() ? OptionalLong.empty() : OptionalLong.of(nextLook);
  }

  private Optional<String> why(Watch watch) {
    String name = watch.next().symbolicName();
    Vitals.Sign sign = vitals.of(name);
    if (sign.word() == Word.UNHEALTHY && watch.before().word() != Word.UNHEALTHY) {
      return Optional.of("it is unhealthy (" + sign.sentence() + ")");
    }
    CallTally.Sum calls = tally.of(name).since(watch.began());
    boolean enough = calls.calls() >= ENOUGH_CALLS && watch.calls().calls() >= ENOUGH_CALLS;
    if (enough && calls.rate() > watch.calls().rate() + SLACK) {
      return Optional.of(
          calls.failures()
              + " of its "
              + calls.calls()
              + " calls failed, where its former failed "
              + watch.calls().failures()
              + " of "
              + watch.calls().calls());
    }
    return Optional.empty();
  }

  private void committed(Watch watch) {
    BundleEntry next = watch.next();
    events.info(
        "deploy.committed",
        next.name(),
        next.name()
            + " "
            + next.version()
            + " was watched for "
            + period.toSeconds()
            + " s and stays.");
  }
}
