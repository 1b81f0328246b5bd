package org.ladang.discovery.provider;

import java.time.Duration;

/**
 * Keeps an endpoint that goes up and down from taking its callers with it, as route flap damping does for networks (RFC
 * 2439): each time it goes down costs one point, points halve every {@code HALF_LIFE}, and one that answers again with
 * {@value #SUPPRESS} points or more is not believed before it is down to {@value #REUSE}. Points are capped, so that the
 * longest time out is two half-lives. Not safe for several threads by itself.
 */
final class Flaps {
  static final Duration HALF_LIFE = Duration.ofSeconds(15);
  static final double SUPPRESS = 2.5;
  static final double REUSE = 1.25;
  static final double CAP = 5;

  private double points;
  private long at;
  private boolean suppressed;

  /** It went down. */
  void down(long nanos) {
    points = Math.min(CAP, points(nanos) + 1);
    at = nanos;
    suppressed |= points >= SUPPRESS;
  }

  /** Whether it must not be believed yet. */
  boolean suppressed(long nanos) {
    if (suppressed && points(nanos) <= REUSE) {
      suppressed = false;
    }
    return suppressed;
  }

  double points(long nanos) {
    double halves = (double) (nanos - at) / HALF_LIFE.toNanos();
    return points * Math.pow(0.5, Math.max(0, halves));
  }
}
