package org.ladang.balancer.provider;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.ladang.kernel.Clock;
import org.ladang.kernel.State;

/**
 * What one provider of this room hands to the next: counts, who is ejected and who is down. Within one process only:
 * after a restart everybody begins anew.
 *
 * <p>The next provider begins while the former still serves, so it takes what the former wrote last, and adds what has
 * come to it since as soon as the former has stopped and written its last word. Not safe for several threads.
 */
final class Ledger {
  private static final Duration BETWEEN = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String PROCESS = "process";
  private static final String NUMBER = "number";
  private static final String LAST = "last";
  private static final String POOLS = "pools";

  /**
   * What is known of an endpoint.
   *
   * @param ejectedUntil in milliseconds of the wall clock; 0 when it is not ejected
   * @param down why it is down; empty when it is not
   */
  record Line(
      long picked,
      long good,
      long bad,
      long nanos,
      int ejections,
      long ejectedUntil,
      String ejectedBecause,
      boolean isDown,
      String down) {
    /** What has come to this one since a former state. */
    Line since(Line former) {
      return new Line(
          picked - former.picked,
          good - former.good,
          bad - former.bad,
          nanos - former.nanos,
          ejections,
          ejectedUntil,
          ejectedBecause,
          isDown,
          down);
    }
  }

  private final State state;
  private final Clock clock;
  private final String process;
  private final long number;
  private final long began;
  private final Map<String, Map<String, Line>> taken;
  private final String former;
  private boolean merged;
  private boolean changed;
  private long wrote;

  /**
   * @param process names this run of the runtime
   */
  Ledger(State state, Clock clock, String process) {
    this.state = state;
    this.clock = clock;
    this.process = process;
    began = clock.nanos();
    wrote = began;
    long newest = 0;
    String key = "";
    for (Map.Entry<String, Object> each : state.all().entrySet()) {
      Map<?, ?> page = (Map<?, ?>) each.getValue();
      long its = ((Number) page.get(NUMBER)).longValue();
      if (!process.equals(page.get(PROCESS))) {
        state.remove(each.getKey());
      } else if (its > newest) {
        newest = its;
        key = each.getKey();
      }
    }
    number = newest + 1;
    former = key;
    taken = pools(key);
    merged = key.isEmpty();
  }

  /** What the former provider knew of a pool. */
  Map<String, Line> of(String pool) {
    return taken.getOrDefault(pool, Map.of());
  }

  /** Something changed that must not be lost for longer than a tick. */
  void changed() {
    changed = true;
  }

  /**
   * Called again and again.
   *
   * @return by pool and endpoint, what the former provider counted after this one had begun; once
   */
  Map<String, Map<String, Line>> tick(Map<String, Pool> pools) {
    long now = clock.nanos();
    if (changed || now - wrote >= BETWEEN.toNanos()) {
      write(pools, false);
    }
    if (merged) {
      return Map.of();
    }
    boolean last =
        state.get(former).orElse(null) instanceof Map<?, ?> page && page.containsKey(LAST);
    if (!last && now - began < PATIENCE.toNanos()) {
      return Map.of();
    }
    merged = true;
    Map<String, Map<String, Line>> since = new HashMap<>();
    if (last) {
      pools(former)
          .forEach(
              (pool, lines) ->
                  lines.forEach(
                      (id, line) -> {
                        Line before = of(pool).get(id);
                        since
                            .computeIfAbsent(pool, p -> new HashMap<>())
                            .put(id, before == null ? line : line.since(before));
                      }));
    }
    state.remove(former);
    return since;
  }

  /** The last word. */
  void close(Map<String, Pool> pools) {
    write(pools, true);
  }

  private void write(Map<String, Pool> pools, boolean last) {
    changed = false;
    wrote = clock.nanos();
    Map<String, Object> all = new TreeMap<>();
    pools.forEach(
        (name, pool) -> {
          Map<String, Object> lines = new TreeMap<>();
          pool.lines().forEach((id, line) -> lines.put(id, shaped(line)));
          all.put(name, lines);
        });
    Map<String, Object> page = new HashMap<>();
    page.put(PROCESS, process);
    page.put(NUMBER, number);
    page.put(POOLS, all);
    if (last) {
      page.put(LAST, true);
    }
    String key = "provider-" + number;
    boolean nothing = !last && page.equals(state.get(key).orElse(null));
    if (!nothing) {
      state.put(key, page);
    }
  }

  private Map<String, Map<String, Line>> pools(String key) {
    Map<String, Map<String, Line>> pools = new HashMap<>();
    if (!key.isEmpty() && state.get(key).orElse(null) instanceof Map<?, ?> page) {
      ((Map<?, ?>) page.get(POOLS))
          .forEach(
              (pool, lines) -> {
                Map<String, Line> read = new HashMap<>();
                ((Map<?, ?>) lines)
                    .forEach((id, line) -> read.put(id.toString(), line((Map<?, ?>) line)));
                pools.put(pool.toString(), read);
              });
    }
    return pools;
  }

  private static Map<String, Object> shaped(Line line) {
    Map<String, Object> shaped = new HashMap<>();
    shaped.put("picked", line.picked);
    shaped.put("good", line.good);
    shaped.put("bad", line.bad);
    shaped.put("nanos", line.nanos);
    shaped.put("ejections", line.ejections);
    if (line.ejectedUntil > 0) {
      shaped.put("ejected.until", line.ejectedUntil);
      shaped.put("ejected.because", line.ejectedBecause);
    }
    if (line.isDown) {
      shaped.put("down", line.down);
    }
    return shaped;
  }

  private static Line line(Map<?, ?> map) {
    Object because = map.get("ejected.because");
    Object down = map.get("down");
    return new Line(
        number(map, "picked"),
        number(map, "good"),
        number(map, "bad"),
        number(map, "nanos"),
        (int) number(map, "ejections"),
        number(map, "ejected.until"),
        because == null ? "" : because.toString(),
        down != null,
        down == null ? "" : down.toString());
  }

  private static long number(Map<?, ?> map, String key) {
    return map.get(key) instanceof Number number ? number.longValue() : 0;
  }
}
