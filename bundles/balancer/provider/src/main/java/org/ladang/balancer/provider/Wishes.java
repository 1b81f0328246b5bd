package org.ladang.balancer.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ladang.balancer.Endpoint;
import org.ladang.balancer.PoolSettings;
import org.ladang.balancer.PoolSpec;
import org.ladang.kernel.State;

/** What operators want of pools, kept over restarts and swaps: one entry for each pool. */
final class Wishes {
  private static final String ENDPOINTS = "endpoints";
  private static final String ALGORITHM = "algorithm";
  private static final String SETTINGS = "settings";
  private static final String DRAINED = "drained";

  private final State state;

  Wishes(State state) {
    this.state = state;
  }

  /** The pools that operators made. */
  List<PoolSpec> pools() {
    List<PoolSpec> pools = new ArrayList<>();
    for (String name : state.all().keySet()) {
      if (entry(name).get(ENDPOINTS) instanceof List<?> list) {
        pools.add(
            new PoolSpec(
                name,
                algorithm(name).orElse(PoolSpec.USUAL_ALGORITHM),
                settings(entry(name).get(SETTINGS)),
                list.stream().map(Wishes::endpoint).toList()));
      }
    }
    return pools;
  }

  void pool(PoolSpec pool) {
    change(
        pool.name(),
        Map.of(
            ENDPOINTS,
            pool.endpoints().stream().map(Wishes::shaped).toList(),
            SETTINGS,
            shaped(pool.settings())));
  }

  Optional<String> algorithm(String pool) {
    return Optional.ofNullable(entry(pool).get(ALGORITHM)).map(Object::toString);
  }

  void algorithm(String pool, String algorithm) {
    change(pool, Map.of(ALGORITHM, algorithm));
  }

  Set<String> drained(String pool) {
    Set<String> drained = new HashSet<>();
    if (entry(pool).get(DRAINED) instanceof List<?> list) {
      list.forEach(id -> drained.add(id.toString()));
    }
    return drained;
  }

  void drain(String pool, String endpoint, boolean on) {
    Set<String> drained = drained(pool);
    if (on ? drained.add(endpoint) : drained.remove(endpoint)) {
      change(pool, Map.of(DRAINED, drained.stream().sorted().toList()));
    }
  }

  void forget(String pool) {
    state.remove(pool);
  }

  private void change(String pool, Map<String, Object> values) {
    Map<String, Object> entry = new HashMap<>(entry(pool));
    entry.putAll(values);
    state.put(pool, entry);
  }

  private Map<String, Object> entry(String pool) {
    Map<String, Object> entry = new HashMap<>();
    if (state.get(pool).orElse(null) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> entry.put(key.toString(), value));
    }
    return entry;
  }

  private static Map<String, Object> shaped(Endpoint endpoint) {
    return Map.of(
        "id", endpoint.id(),
        "address", endpoint.address(),
        "zone", endpoint.zone(),
        "weight", endpoint.weight());
  }

  private static Map<String, Object> shaped(PoolSettings settings) {
    return Map.of(
        "slow.start", settings.slowStart().toMillis(),
        "failures.in.a.row", settings.failuresInARow(),
        "failure.share", settings.failureShare(),
        "window", settings.window().toMillis(),
        "ejection", settings.ejection().toMillis(),
        "longest.ejection", settings.longestEjection().toMillis(),
        "most.ejected", settings.mostEjected(),
        "panic.below", settings.panicBelow(),
        "report.life", settings.reportLife().toMillis());
  }

  private static PoolSettings settings(Object shaped) {
    if (!(shaped instanceof Map<?, ?> map)) {
      return PoolSettings.USUAL;
    }
    return new PoolSettings(
        Duration.ofMillis(number(map, "slow.start").longValue()),
        number(map, "failures.in.a.row").intValue(),
        number(map, "failure.share").doubleValue(),
        Duration.ofMillis(number(map, "window").longValue()),
        Duration.ofMillis(number(map, "ejection").longValue()),
        Duration.ofMillis(number(map, "longest.ejection").longValue()),
        number(map, "most.ejected").doubleValue(),
        number(map, "panic.below").doubleValue(),
        Duration.ofMillis(number(map, "report.life").longValue()));
  }

  private static Number number(Map<?, ?> map, String key) {
    return (Number) map.get(key);
  }

  private static Endpoint endpoint(Object shaped) {
    Map<?, ?> map = (Map<?, ?>) shaped;
    return new Endpoint(
        map.get("id").toString(),
        map.get("address").toString(),
        map.get("zone").toString(),
        number(map, "weight").doubleValue());
  }
}
