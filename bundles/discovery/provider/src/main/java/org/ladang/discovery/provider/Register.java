package org.ladang.discovery.provider;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.ladang.balancer.Balancers;
import org.ladang.balancer.PoolSpec;
import org.ladang.discovery.EndpointInfo;
import org.ladang.discovery.Instance;
import org.ladang.discovery.Kind;
import org.ladang.discovery.Route;
import org.ladang.discovery.Selector;
import org.ladang.discovery.ServiceInfo;
import org.ladang.kernel.LadangException;

/**
 * All endpoints by type and name, and the routes to them. Reading takes no lock; what changes does so one after the
 * other, under the monitor.
 */
final class Register {
  private static final int MOST_ROUTES = 1_000;

  private final Balancers balancers;
  private final Map<String, Map<String, Entry>> types = new ConcurrentSkipListMap<>();
  private final Map<String, Router> routers = new ConcurrentHashMap<>();

  Register(Balancers balancers) {
    this.balancers = balancers;
  }

  // Routes.

  /** The table of a route, made when it is asked for the first time. */
  Router router(String key, Route route, Predicate<Entry> fits) {
    Router present = routers.get(key);
    return present == null ? make(key, route, fits) : present;
  }

  /** The one that is there already. */
  Router router(String key) {
    return routers.get(key);
  }

  private synchronized Router make(String key, Route route, Predicate<Entry> fits) {
    Router present = routers.get(key);
    if (present != null) {
      return present;
    }
    if (routers.size() >= MOST_ROUTES) {
      throw new LadangException(
              "LADANG-DISCOVERY-012", "There are " + MOST_ROUTES + " routes already.")
          .next("Make routes once and keep them; one that nobody uses goes after ten minutes.");
    }
    Router made = new Router(key, route, fits, balancers);
    made.seat(entries(route.type()));
    routers.put(key, made);
    return made;
  }

  Collection<Router> routers() {
    return routers.values();
  }

  synchronized void forget(Router router) {
    if (routers.values().remove(router)) {
      router.pools().forEach(pool -> balancers.remove(pool.name()));
    }
  }

  synchronized List<PoolSpec> pools() {
    return routers.values().stream().flatMap(router -> router.pools().stream()).toList();
  }

  // Endpoints.

  Collection<Entry> entries(String type) {
    Map<String, Entry> entries = types.get(type);
    return entries == null ? List.of() : entries.values();
  }

  List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    types.values().forEach(entries -> all.addAll(entries.values()));
    return all;
  }

  Optional<Entry> entry(String type, String id) {
    return Optional.ofNullable(types.getOrDefault(type, Map.of()).get(id));
  }

  synchronized void put(Entry entry) {
    Instance instance = entry.instance();
    types
        .computeIfAbsent(instance.type(), type -> new ConcurrentSkipListMap<>())
        .put(instance.id(), entry);
    changed(instance.type());
  }

  /** Removes an entry, if it is still that one. */
  synchronized boolean remove(Entry entry) {
    Instance instance = entry.instance();
    Map<String, Entry> entries = types.get(instance.type());
    if (entries == null || !entries.remove(instance.id(), entry)) {
      return false;
    }
    if (entries.isEmpty()) {
      types.remove(instance.type());
    }
    changed(instance.type());
    return true;
  }

  /** The endpoints of a type are others than before. */
  synchronized void changed(String type) {
    for (Router router : routers.values()) {
      if (router.type().equals(type)) {
        router.seat(entries(type));
      }
    }
  }

  /** Whether an endpoint is alive is otherwise than before. */
  void healthChanged(Entry entry) {
    for (Router router : routers.values()) {
      if (router.type().equals(entry.instance().type())) {
        router.tellHealth(entry);
      }
    }
  }

  // What is said of them.

  List<Instance> find(String type, Selector selector) {
    Selection selection = new Selection(selector);
    return entries(type).stream()
        .filter(entry -> entry.alive() && selection.takes(entry.instance()))
        .map(Entry::instance)
        .toList();
  }

  List<ServiceInfo> services() {
    return types.keySet().stream().map(this::known).flatMap(Optional::stream).toList();
  }

  ServiceInfo info(String type) {
    return known(type)
        .orElseThrow(
            () ->
                new LadangException("LADANG-DISCOVERY-001", "Nobody offers " + type + ".")
                    .next("service:list shows what is offered."));
  }

  private Optional<ServiceInfo> known(String type) {
    Map<String, EndpointInfo> shown = new TreeMap<>();
    Kind kind = Kind.LOCAL;
    int alive = 0;
    for (Entry entry : entries(type)) {
      shown.put(entry.id(), entry.info());
      kind = entry.instance().kind();
      alive += entry.alive() ? 1 : 0;
    }
    return shown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ServiceInfo(
                type,
                kind,
                alive,
                List.copyOf(shown.values()),
                routers.values().stream()
                    .filter(router -> router.type().equals(type))
                    .map(Router::info)
                    .sorted(java.util.Comparator.comparing(org.ladang.discovery.RouteInfo::key))
                    .toList()));
  }
}
