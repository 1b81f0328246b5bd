package org.ladang.breaker.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.ladang.breaker.Measures;
import org.ladang.breaker.PolicyInfo;
import org.ladang.breaker.PolicySettings;
import org.ladang.breaker.provider.Phase.Closed;
import org.ladang.breaker.provider.Phase.HalfOpen;

/** A policy of the room: its breaker, what it measured, and its settings, of which only the last change. */
final class Kept {
  private final String name;
  private final Breaker breaker;
  private final HourRing ring;
  private final Parts parts;
  private volatile Chain chain;
  // Of the last note that was made or seen; under the monitor.
  private long seen;
  private String version = "";

  Kept(PolicySettings settings, Parts parts, AtomicLong permits, Breaker.Watcher watcher) {
    this.name = settings.name();
    this.parts = parts;
    this.breaker = new Breaker(settings.breaker(), parts.nanos(), permits, watcher);
    this.ring = new HourRing(parts.nanos());
    this.chain = new Chain(settings, breaker, ring, parts);
  }

  Breaker breaker() {
    return breaker;
  }

  HourRing ring() {
    return ring;
  }

  Chain chain() {
    return chain;
  }

  void settings(PolicySettings settings) {
    if (!settings.equals(chain.settings)) {
      breaker.settings(settings.breaker());
      chain = new Chain(settings, breaker, ring, parts);
    }
  }

  synchronized String version() {
    return version;
  }

  synchronized void version(String other) {
    version = other;
  }

  /** Makes a note of what the breaker is in; where somebody else was first, his counts. */
  synchronized void write(Memory memory) {
    Memory.Note note = memory.write(name, seen, breaker.phase(), version);
    boolean others = note.number() != seen + 1 || !memory.mine(note);
    seen = note.number();
    if (others) {
      take(memory, note);
    }
  }

  /** Looks whether somebody else has made a note. */
  synchronized void read(Memory memory) {
    memory
        .note(name)
        .filter(note -> note.number() != seen)
        .ifPresent(
            note -> {
              seen = note.number();
              take(memory, note);
            });
  }

  private void take(Memory memory, Memory.Note note) {
    version = note.version();
    breaker.adopt(memory.phase(note, breaker));
  }

  PolicyInfo info() {
    breaker.look();
    Phase phase = breaker.phase();
    Measures measures = ring.measures();
    Duration ago = Duration.ofNanos(parts.nanos().getAsLong() - phase.since());
    Instant since = parts.clock().now().minus(ago);
    Closed closed = phase instanceof Closed now ? now : null;
    return new PolicyInfo(
        chain.settings,
        phase.state(),
        since,
        phase.cause(),
        breaker.left(),
        closed == null ? 0 : closed.inARow().get(),
        closed == null ? 0 : closed.window().failureRate(),
        closed == null ? 0 : closed.window().slowRate(),
        phase instanceof HalfOpen half ? half.leases().size() : 0,
        chain.limits.found(),
        measures,
        Score.of(phase.state(), measures));
  }
}
