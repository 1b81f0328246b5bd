package org.ladang.discovery.provider;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ladang.discovery.EndpointInfo;
import org.ladang.discovery.EndpointInfo.Health;
import org.ladang.discovery.Instance;
import org.ladang.discovery.Offer;
import org.ladang.kernel.Clock;

/** An endpoint that is registered, with all that is known of it. Safe for any thread. */
final class Entry {
  /** Who brought an endpoint, in the order in which they win against each other. */
  enum Source {
    SERVICE,
    CONFIGURATION,
    SOURCE,
    REGISTERED,
    KEPT;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether {@code remove} takes it away for good. */
    boolean removable() {
      return this == REGISTERED || this == KEPT;
    }
  }

  private final Clock clock;
  final Source source;
  final Object service;
  final Vitals vitals;
  final AtomicBoolean checking = new AtomicBoolean();
  private volatile Offer offer;
  private volatile boolean draining;
  private volatile long renewed;
  private volatile long due;
  private volatile double checkMillis = -1;

  /** Since when its owner is missed; 0 while it is there. Read and written by the tick alone. */
  long missedSince;

  /**
   * @param service what is called, for a local one; else null
   */
  Entry(Offer offer, Source source, Object service, boolean draining, Clock clock) {
    this.offer = offer;
    this.source = source;
    this.service = service;
    this.draining = draining;
    this.clock = clock;
    vitals = new Vitals(offer.check(), clock);
    renewed = clock.nanos();
    due = clock.nanos();
  }

  Offer offer() {
    return offer;
  }

  Instance instance() {
    return offer.instance();
  }

  String id() {
    return offer.instance().id();
  }

  /** Takes a later word of the same source; whether routes must look again. */
  boolean renew(Offer later) {
    renewed = clock.nanos();
    if (later.equals(offer)) {
      return false;
    }
    offer = later;
    vitals.limits(later.check());
    return true;
  }

  boolean expired() {
    Duration lease = offer.lease();
    return !lease.isZero() && clock.nanos() - renewed > lease.toNanos();
  }

  boolean draining() {
    return draining;
  }

  void draining(boolean on) {
    draining = on;
  }

  boolean alive() {
    return vitals.up() && !draining;
  }

  // Checks.

  boolean due() {
    return !offer.check().interval().isZero() && clock.nanos() - due >= 0;
  }

  /** The next check is due now: a call has raised a doubt. */
  void doubt() {
    due = clock.nanos();
  }

  void checked(long took) {
    checkMillis = took / 1e6;
    due = clock.nanos() + offer.check().interval().toNanos();
  }

  EndpointInfo info() {
    Instance instance = instance();
    Health state = draining ? Health.DRAINING : vitals.state();
    return new EndpointInfo(
        instance.id(),
        state,
        vitals.since(),
        vitals.why(),
        Addresses.shown(instance.address()),
        instance.version(),
        instance.zone(),
        instance.weight(),
        instance.tags(),
        instance.owner(),
        source.word(),
        checkMillis < 0 ? Optional.empty() : Optional.of(checkMillis),
        Math.round(vitals.flaps() * 100) / 100.0,
        lease());
  }

  private Optional<Long> lease() {
    Duration lease = offer.lease();
    return lease.isZero()
        ? Optional.empty()
        : Optional.of(Math.max(0, lease.minusNanos(clock.nanos() - renewed).toSeconds()));
  }
}
