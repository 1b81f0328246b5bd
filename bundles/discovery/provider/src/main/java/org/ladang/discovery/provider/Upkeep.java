package org.ladang.discovery.provider;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;

/** What is done once a second, so that nothing stale stays: sources, leases, owners, routes that nobody uses. */
final class Upkeep {
  /** A swap may leave no version of a bundle running for a moment. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final int IDLE_TICKS = 600;

  private final Register register;
  private final Endpoints endpoints;
  private final DatabasePools pools;
  private final Predicate<String> owners;
  private final Clock clock;
  private final Events events;

  Upkeep(
      Register register,
      Endpoints endpoints,
      DatabasePools pools,
      Predicate<String> owners,
      Clock clock,
      Events events) {
    this.register = register;
    this.endpoints = endpoints;
    this.pools = pools;
    this.owners = owners;
    this.clock = clock;
    this.events = events;
  }

  void tick() {
    if (owners instanceof Owners bundles) {
      bundles.look();
    }
    endpoints.ask();
    for (Entry entry : register.all()) {
      if (entry.source.removable()) {
        look(entry);
      }
    }
    for (Router router : List.copyOf(register.routers())) {
      if (router.idle() > IDLE_TICKS) {
        register.forget(router);
        events.info(
            "discovery.route_unused", router.type(), "A route is forgotten: nobody uses it.");
      } else {
        router.tellHealth();
      }
    }
    pools.keepOnly(new HashSet<>(register.all()));
  }

  private void look(Entry entry) {
    if (entry.expired()) {
      endpoints.goes(entry, "its lease was not renewed");
      return;
    }
    String owner = entry.instance().owner();
    if (owner.isEmpty() || owners.test(owner)) {
      entry.missedSince = 0;
    } else if (entry.missedSince == 0) {
      entry.missedSince = clock.nanos();
    } else if (clock.nanos() - entry.missedSince >= PATIENCE.toNanos()) {
      endpoints.goes(entry, "its owner " + owner + " does not run");
    }
  }
}
