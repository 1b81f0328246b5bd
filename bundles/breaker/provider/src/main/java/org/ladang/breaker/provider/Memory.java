package org.ladang.breaker.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.ladang.breaker.BreakerState;
import org.ladang.breaker.PolicySettings;
import org.ladang.breaker.provider.Phase.Closed;
import org.ladang.breaker.provider.Phase.Forced;
import org.ladang.breaker.provider.Phase.HalfOpen;
import org.ladang.breaker.provider.Phase.Leases;
import org.ladang.breaker.provider.Phase.Open;
import org.ladang.kernel.Clock;
import org.ladang.kernel.State;

/**
 * What breakers are in, kept over restarts and swaps, and the policies that were made in code. While one provider follows
 * the other both write here; each note has a number, and nobody writes over a note that it has not seen.
 */
final class Memory {
  private static final String BREAKER = "breaker:";
  private static final String POLICY = "policy:";
  private static final long MILLI = 1_000_000;

  private final State state;
  private final Clock clock;
  private final LongSupplier nanos;
  private final String process;
  private final String writer;

  /**
   * A note about a breaker.
   *
   * @param number grows with each note
   * @param writer who made it
   * @param version of the plugin whose calls opened it; empty otherwise
   */
  record Note(long number, String writer, String version, Map<?, ?> content) {}

  /**
   * @param process names this run of the runtime: leases given by another one are worth nothing
   * @param writer names this provider
   */
  Memory(State state, Clock clock, LongSupplier nanos, String process, String writer) {
    this.state = state;
    this.clock = clock;
    this.nanos = nanos;
    this.process = process;
    this.writer = writer;
  }

  boolean mine(Note note) {
    return note.writer().equals(writer);
  }

  Optional<Note> note(String policy) {
    return state.get(BREAKER + policy).map(Memory::note);
  }

  /** The policies of which there are notes. */
  List<String> noted() {
    return state.all().keySet().stream()
        .filter(key -> key.startsWith(BREAKER))
        .map(key -> key.substring(BREAKER.length()))
        .toList();
  }

  private static Note note(Object kept) {
    Map<?, ?> map = (Map<?, ?>) kept;
    return new Note(
        number(map, "number"), map.get("writer").toString(), map.get("version").toString(), map);
  }

  /**
   * Notes what a breaker is in, unless somebody else has made a note since.
   *
   * @param seen the number of the last note that was seen; 0 for none
   * @return the note that is there now
   */
  Note write(String policy, long seen, Phase phase, String version) {
    Object kept =
        state
            .update(
                BREAKER + policy,
                present ->
                    present != null && note(present).number() != seen
                        ? present
                        : shaped(phase, seen + 1, version))
            .orElseThrow();
    return note(kept);
  }

  void forget(String policy) {
    state.remove(BREAKER + policy);
    state.remove(POLICY + policy);
  }

  void keep(PolicySettings policy) {
    state.put(POLICY + policy.name(), Shapes.of(policy));
  }

  /** The policies that were made in code; what can no longer be read is left out. */
  List<PolicySettings> made() {
    List<PolicySettings> made = new ArrayList<>();
    state
        .all()
        .forEach(
            (key, value) -> {
              if (key.startsWith(POLICY) && value instanceof Map<?, ?> map) {
                made.add(Shapes.settings(key.substring(POLICY.length()), map));
              }
            });
    return made;
  }

  private Map<String, Object> shaped(Phase phase, long number, String version) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("number", number);
    map.put("writer", writer);
    map.put("process", process);
    map.put("version", version);
    map.put("state", phase.state().name());
    map.put("since", wall(phase.since()));
    map.put("cause", phase.cause());
    if (phase instanceof Closed closed) {
      map.put("inARow", closed.inARow().get());
    } else if (phase instanceof Open open) {
      map.put("until", wall(open.until()));
    } else if (phase instanceof HalfOpen half) {
      List<Object> leases = new ArrayList<>();
      for (int i = 0; i < half.leases().size(); i++) {
        leases.add(List.of(half.leases().permits()[i], wall(half.leases().until()[i])));
      }
      map.put("leases", leases);
      map.put("successes", half.successes());
    }
    return map;
  }

  /** The phase in a note, for that breaker. */
  Phase phase(Note note, Breaker breaker) {
    Map<?, ?> map = note.content();
    long since = reading(number(map, "since"));
    String cause = map.get("cause").toString();
    BreakerState kept = BreakerState.valueOf(map.get("state").toString());
    return switch (kept) {
      case CLOSED -> {
        Closed closed = breaker.closed(cause);
        closed.inARow().set((int) number(map, "inARow"));
        yield new Closed(closed.permit(), closed.window(), closed.inARow(), since, cause);
      }
      case OPEN -> {
        // A clock that was set back must not make a minute an hour.
        long latest = nanos.getAsLong() + breaker.settings().openFor().toNanos();
        long until = reading(number(map, "until"));
        yield new Open(until - latest > 0 ? latest : until, since, cause);
      }
      case HALF_OPEN -> new HalfOpen(leases(map), (int) number(map, "successes"), since, cause);
      case FORCED_OPEN, DISABLED -> new Forced(kept, since, cause);
    };
  }

  private Leases leases(Map<?, ?> map) {
    Leases leases = Leases.NONE;
    if (process.equals(map.get("process"))) {
      for (Object lease : (List<?>) map.get("leases")) {
        List<?> pair = (List<?>) lease;
        leases =
            leases.with(
                ((Number) pair.get(0)).longValue(), reading(((Number) pair.get(1)).longValue()));
      }
    }
    return leases;
  }

  private long wall(long reading) {
    return clock.now().toEpochMilli() + Math.floorDiv(reading - nanos.getAsLong(), MILLI);
  }

  private long reading(long wall) {
    return nanos.getAsLong() + (wall - clock.now().toEpochMilli()) * MILLI;
  }

  private static long number(Map<?, ?> map, String key) {
    return ((Number) map.get(key)).longValue();
  }
}
