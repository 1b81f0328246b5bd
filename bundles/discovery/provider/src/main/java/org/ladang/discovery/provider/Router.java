package org.ladang.discovery.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancers;
import org.ladang.balancer.PoolSettings;
import org.ladang.balancer.PoolSpec;
import org.ladang.discovery.Route;
import org.ladang.discovery.RouteInfo;
import org.ladang.discovery.Selector;
import org.ladang.kernel.LadangException;

/**
 * Where the calls of one route go. Groups are asked in their order: the first that has somebody alive serves. A pick
 * takes no lock.
 */
final class Router {
  private static final String HASHING = "consistent-hash";
  private static final int SLUG = 36;

  /** Places for threads' runs; a power of two. Two threads with the same place take it from each other. */
  private static final int RUNS = 64;

  /** Nothing but a whole group that is down makes the sick be asked: this room knows who is down. */
  private static final double HARDLY = 1e-6;

  private final String key;
  private final Route route;
  private final Predicate<Entry> fits;
  private final boolean hashing;
  private final List<Selection> selections = new ArrayList<>();
  private final Group[] groups;
  private final Run[] runs = new Run[RUNS];
  private volatile boolean used = true;
  private int idle;

  /**
   * @param fits what an endpoint must be besides
   */
  Router(String key, Route route, Predicate<Entry> fits, Balancers balancers) {
    this.key = key;
    this.route = route;
    this.fits = fits;
    String algorithm = route.algorithm().isEmpty() ? PoolSpec.USUAL_ALGORITHM : route.algorithm();
    hashing = algorithm.equals(HASHING);
    groups = new Group[route.groups().size()];
    for (Selector selector : route.groups()) {
      int number = selections.size();
      selections.add(new Selection(selector));
      groups[number] =
          new Group(number, pool(number), algorithm, settings(groups.length), balancers);
    }
  }

  /** With another group to go to, a group may be left alone; the only one may not. */
  private static PoolSettings settings(int groups) {
    PoolSettings usual = PoolSettings.USUAL;
    return new PoolSettings(
        usual.slowStart(),
        usual.failuresInARow(),
        usual.failureShare(),
        usual.window(),
        usual.ejection(),
        Duration.ofMinutes(1),
        groups > 1 ? 1 : usual.mostEjected(),
        groups > 1 ? 0 : HARDLY,
        usual.reportLife());
  }

  private String pool(int number) {
    String last = route.type().substring(route.type().lastIndexOf('.') + 1);
    String slug = last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
    String hash = Long.toHexString(Ask.key(key + number));
    return "discovery."
        + slug.substring(0, Math.min(SLUG, slug.length()))
        + "-"
        + hash.substring(0, Math.min(8, hash.length()));
  }

  // The path of calls.

  /**
   * Picks an endpoint; the caller tells the seat's group how the call ended.
   *
   * @throws LadangException {@code LADANG-DISCOVERY-006} when there is nobody at all
   */
  Seat pick(Ask ask) {
    if (!used) {
      used = true;
    }
    if (groups.length == 1) {
      return groups[0].size() == 0 ? nobody() : groups[0].pick(ask);
    }
    for (Group group : groups) {
      if (group.alive()) {
        try {
          return group.pick(ask);
        } catch (LadangException e) {
          // Alive, but all of them fail calls: the next group.
          if (!e.code().equals("LADANG-BALANCER-002")) {
            throw e;
          }
        }
      }
    }
    for (Group group : groups) {
      Seat seat = group.any();
      if (seat != null) {
        return seat;
      }
    }
    return nobody();
  }

  /** The present thread's run; a new one where there is none. */
  Run run() {
    long thread = Thread.currentThread().getId();
    int place = (int) thread & RUNS - 1;
    Run run = runs[place];
    if (run == null || !run.of(thread)) {
      run = new Run(thread);
      runs[place] = run;
    }
    return run;
  }

  boolean hashing() {
    return hashing;
  }

  private Seat nobody() {
    throw new LadangException(
            "LADANG-DISCOVERY-006", "Nobody offers " + route.type() + " as it was asked for.")
        .next("service:list shows what is offered.")
        .with("route", key);
  }

  // What changes it; one thread at a time.

  void seat(Collection<Entry> entries) {
    for (int i = 0; i < groups.length; i++) {
      Selection selection = selections.get(i);
      groups[i].seat(
          entries.stream()
              .filter(entry -> fits.test(entry) && selection.takes(entry.instance()))
              .toList());
    }
  }

  void tellHealth(Entry entry) {
    for (Group group : groups) {
      group.tellHealth(entry);
    }
  }

  void tellHealth() {
    for (Group group : groups) {
      group.tellHealth(false);
    }
  }

  /** For how many looks it was not used. */
  int idle() {
    idle = used ? 0 : idle + 1;
    used = false;
    return idle;
  }

  String type() {
    return route.type();
  }

  List<PoolSpec> pools() {
    List<PoolSpec> specs = new ArrayList<>();
    for (Group group : groups) {
      specs.add(group.spec());
    }
    return specs;
  }

  RouteInfo info() {
    List<RouteInfo.Group> shown = new ArrayList<>();
    int serving = groups.length;
    for (Group group : groups) {
      int alive = group.aliveCount();
      shown.add(new RouteInfo.Group(group.pool, group.size(), alive));
      serving = alive > 0 ? Math.min(serving, group.number) : serving;
    }
    return new RouteInfo(key, groups[0].algorithm(), serving, shown);
  }
}
