package org.ladang.discovery.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ladang.discovery.Check;
import org.ladang.discovery.Instance;
import org.ladang.discovery.Kind;
import org.ladang.discovery.Offer;
import org.ladang.kernel.State;

/**
 * What outlives this room's provider: endpoints that were registered (those of a lease for this process only), and who is
 * to be drained.
 */
final class Kept {
  private static final String OFFER = "offer/";
  private static final String DRAIN = "drain/";

  private final State state;
  private final String process;

  /**
   * @param process names this run of the runtime
   */
  Kept(State state, String process) {
    this.state = state;
    this.process = process;
  }

  /**
   * An endpoint that was registered.
   *
   * @param forever whether over restarts
   */
  record Registered(Offer offer, boolean forever) {}

  /** What is still to be believed; what belonged to a former process, or cannot be read, is thrown away. */
  List<Registered> offers() {
    List<Registered> offers = new ArrayList<>();
    state
        .all()
        .forEach(
            (key, value) -> {
              if (key.startsWith(OFFER) && value instanceof Map<?, ?> map) {
                Object of = map.get("process");
                try {
                  if (of == null || of.equals(process)) {
                    offers.add(new Registered(offer(map), of == null));
                    return;
                  }
                } catch (RuntimeException e) {
                  // Written by another version: as if it had never been registered.
                  state.remove(key);
                  return;
                }
                state.remove(key);
              }
            });
    return offers;
  }

  void put(Offer offer, boolean forever) {
    state.put(OFFER + name(offer.instance()), shaped(offer, forever));
  }

  void remove(Instance instance) {
    state.remove(OFFER + name(instance));
    state.remove(DRAIN + name(instance));
  }

  boolean drained(Instance instance) {
    return state.get(DRAIN + name(instance)).isPresent();
  }

  void drain(Instance instance, boolean on) {
    if (on) {
      state.put(DRAIN + name(instance), true);
    } else {
      state.remove(DRAIN + name(instance));
    }
  }

  private static String name(Instance instance) {
    return instance.type() + "/" + instance.id();
  }

  private Map<String, Object> shaped(Offer offer, boolean forever) {
    Instance instance = offer.instance();
    Check check = offer.check();
    Map<String, Object> map = new HashMap<>();
    map.put("type", instance.type());
    map.put("id", instance.id());
    map.put("kind", instance.kind().name());
    map.put("address", instance.address());
    map.put("version", instance.version());
    map.put("zone", instance.zone());
    map.put("weight", instance.weight());
    map.put("tags", instance.tags().stream().sorted().toList());
    map.put("owner", instance.owner());
    map.put("interval", check.interval().toMillis());
    map.put("timeout", check.timeout().toMillis());
    map.put("check", check.what());
    map.put("failures", check.failures());
    map.put("successes", check.successes());
    map.put("lease", offer.lease().toMillis());
    map.put("access", offer.access());
    if (!forever) {
      map.put("process", process);
    }
    return map;
  }

  private static Offer offer(Map<?, ?> map) {
    Instance instance =
        new Instance(
            text(map, "type"),
            text(map, "id"),
            Kind.valueOf(text(map, "kind")),
            text(map, "address"),
            text(map, "version"),
            text(map, "zone"),
            number(map, "weight").doubleValue(),
            ((List<?>) map.get("tags"))
                .stream()
                    .map(Object::toString)
                    .collect(Collectors.toCollection(java.util.HashSet::new)),
            text(map, "owner"));
    Check check =
        new Check(
            Duration.ofMillis(number(map, "interval").longValue()),
            Duration.ofMillis(number(map, "timeout").longValue()),
            text(map, "check"),
            number(map, "failures").intValue(),
            number(map, "successes").intValue());
    Map<String, String> access = new HashMap<>();
    ((Map<?, ?>) map.get("access"))
        .forEach((key, value) -> access.put(key.toString(), value.toString()));
    return new Offer(instance, check, Duration.ofMillis(number(map, "lease").longValue()), access);
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key).toString();
  }

  private static Number number(Map<?, ?> map, String key) {
    return (Number) map.get(key);
  }
}
