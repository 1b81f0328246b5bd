package org.ladang.breaker.provider;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.ladang.breaker.BreakerSettings;
import org.ladang.breaker.PolicySettings;

/** Settings and breakers for tests. */
final class Sample {
  static final Duration WAIT = Duration.ofSeconds(60);
  static final Duration LEASE = Duration.ofSeconds(30);

  private Sample() {}

  /** Opens after so many failures in a row only. */
  static BreakerSettings inARow(int failures, int trials, int successes) {
    return new BreakerSettings(
        failures,
        0,
        0,
        Duration.ofSeconds(10),
        100,
        20,
        WAIT,
        trials,
        successes,
        LEASE,
        BreakerSettings.USUAL.ignored());
  }

  /** Opens by rates only. */
  static BreakerSettings rates(double failures, double slow, int window, int fewest) {
    return new BreakerSettings(
        0,
        failures,
        slow,
        Duration.ofSeconds(1),
        window,
        fewest,
        WAIT,
        2,
        2,
        LEASE,
        BreakerSettings.USUAL.ignored());
  }

  static Breaker breaker(BreakerSettings settings, VirtualTime time) {
    return new Breaker(settings, time::nanos, new AtomicLong(1), (from, to) -> {});
  }

  static Chain chain(PolicySettings settings, VirtualTime time) {
    return new Chain(
        settings, breaker(settings.breaker(), time), new HourRing(time::nanos), time.parts());
  }
}
