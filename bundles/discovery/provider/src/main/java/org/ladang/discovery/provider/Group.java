package org.ladang.discovery.provider;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancers;
import org.ladang.balancer.Endpoint;
import org.ladang.balancer.Outcome;
import org.ladang.balancer.PoolSettings;
import org.ladang.balancer.PoolSpec;
import org.ladang.kernel.LadangException;

/**
 * One group of a route: its seats, and the balancer's pool that picks among them. The seats are an array and a map that
 * are never changed, only replaced; {@link #pick} takes no lock. A newcomer has its seat before the pool knows it, and
 * one that goes leaves the pool first, so that whoever is picked has a seat.
 */
final class Group {
  private static final String NO_POOL = "LADANG-BALANCER-001";
  private static final int TRIES = 100;

  final int number;
  final String pool;
  private final Balancers balancers;
  private final String algorithm;
  private final PoolSettings settings;
  private final Object telling = new Object();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile Table table = new Table(new Seat[0], Map.of());

  /** The target array. */
  private record Table(Seat[] seats, Map<String, Seat> byId) {}

  Group(int number, String pool, String algorithm, PoolSettings settings, Balancers balancers) {
    this.number = number;
    this.pool = pool;
    this.algorithm = algorithm;
    this.settings = settings;
    this.balancers = balancers;
  }

  // The path of calls.

  /**
   * Picks.
   *
   * @throws LadangException {@code LADANG-BALANCER-002} when nobody may be called
   */
  Seat pick(Ask ask) {
    for (int tried = 0; tried < TRIES; tried++) {
      Endpoint endpoint = asked(ask);
      Seat seat = table.byId.get(endpoint.id());
      if (seat != null) {
        return seat;
      }
      // It has gone between the two looks.
      done(endpoint.id(), Outcome.CANCELLED, 0);
    }
    throw new LadangException("LADANG-BALANCER-002", "Nobody of " + pool + " stays long enough.");
  }

  private Endpoint asked(Ask ask) {
    try {
      return balancers.pick(pool, ask);
    } catch (LadangException e) {
      if (!e.code().equals(NO_POOL)) {
        throw e;
      }
      // The balancer room was replaced while this pool was being made.
      balancers.set(spec());
      tellHealth(true);
      return balancers.pick(pool, ask);
    }
  }

  void done(String id, Outcome outcome, long took) {
    try {
      balancers.done(pool, id, outcome, took);
    } catch (LadangException e) {
      if (!e.code().equals(NO_POOL)) {
        throw e;
      }
    }
  }

  /** Tells how one ended that was made on the word of an earlier pick. */
  void record(String id, Outcome outcome, long took) {
    try {
      balancers.record(pool, id, outcome, took);
    } catch (LadangException e) {
      if (!e.code().equals(NO_POOL)) {
        throw e;
      }
    }
  }

  /** Tells of calls that were made on the word of an earlier pick, and succeeded. */
  void made(String id, int times, long took) {
    try {
      balancers.record(pool, id, times, took);
    } catch (LadangException e) {
      if (!e.code().equals(NO_POOL)) {
        throw e;
      }
    }
  }

  /** The target array of this moment, to tell whether it was replaced; null when the seat is no longer in it. */
  Object tableWith(Seat seat) {
    Table now = table;
    return now.byId.get(seat.id()) == seat ? now : null;
  }

  boolean isStill(Object former) {
    return table == former;
  }

  /** One after the other, whoever they are; null when there is none. */
  Seat any() {
    Seat[] seats = table.seats;
    return seats.length == 0 ? null : seats[Math.floorMod(turn.getAndIncrement(), seats.length)];
  }

  boolean alive() {
    for (Seat seat : table.seats) {
      if (seat.entry().alive()) {
        return true;
      }
    }
    return false;
  }

  // What changes the array; one thread at a time.

  /** Takes those that belong to it now. */
  void seat(List<Entry> entries) {
    Map<String, Seat> before = table.byId;
    Map<String, Seat> now = new HashMap<>();
    List<Seat> seats = new ArrayList<>();
    for (Entry entry : entries) {
      Seat present = before.get(entry.id());
      Seat seat =
          present != null && present.entry() == entry
              ? present
              : new Seat(entry, this, entry.id(), entry.service);
      seats.add(seat);
      now.put(seat.id(), seat);
    }
    Map<String, Seat> both = new HashMap<>(before);
    both.putAll(now);
    Seat[] array = seats.toArray(Seat[]::new);
    table = new Table(array, Map.copyOf(both));
    balancers.set(spec());
    table = new Table(array, Map.copyOf(now));
    tellHealth(true);
  }

  PoolSpec spec() {
    List<Endpoint> endpoints = new ArrayList<>();
    for (Seat seat : table.seats) {
      endpoints.add(
          new Endpoint(
              seat.id(),
              Addresses.shown(seat.entry().instance().address()),
              seat.entry().instance().zone(),
              seat.entry().instance().weight()));
    }
    return new PoolSpec(pool, algorithm, settings, endpoints);
  }

  /** Tells the balancer who is alive: it may have been replaced, and then knows nothing of it. */
  void tellHealth(boolean all) {
    for (Seat seat : table.seats) {
      if (all || !seat.entry().alive()) {
        health(seat);
      }
    }
  }

  void tellHealth(Entry entry) {
    for (Seat seat : table.seats) {
      if (seat.entry() == entry) {
        health(seat);
      }
    }
  }

  private void health(Seat seat) {
    // Looked at and told at one go, or an old look could be told last.
    synchronized (telling) {
      tell(seat, seat.entry().alive());
    }
  }

  private void tell(Seat seat, boolean up) {
    try {
      String why = seat.entry().draining() ? "It is draining." : seat.entry().vitals.why();
      balancers.health(pool, seat.id(), up, why);
    } catch (LadangException e) {
      // Not there any more, or not yet: the next look tells it again.
      if (!e.code().startsWith("LADANG-BALANCER-")) {
        throw e;
      }
    }
  }

  String algorithm() {
    return algorithm;
  }

  int size() {
    return table.seats.length;
  }

  int aliveCount() {
    int count = 0;
    for (Seat seat : table.seats) {
      count += seat.entry().alive() ? 1 : 0;
    }
    return count;
  }
}
