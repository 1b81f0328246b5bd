package org.ladang.discovery.provider;

import java.time.Instant;
import org.ladang.discovery.Check;
import org.ladang.discovery.EndpointInfo.Health;
import org.ladang.kernel.Clock;

/**
 * Whether an endpoint is alive, from checks and from calls. It is believed at first: nobody waits for the first check.
 * Down after as many failures in a row as its check says, or after a single one that leaves no doubt (its port refuses);
 * up after as many successes, unless it {@linkplain Flaps flaps}. Safe for any thread.
 */
final class Vitals {
  private final Clock clock;
  private final Flaps flaps = new Flaps();
  private volatile Check check;
  private volatile Health state = Health.UP;
  private Instant since;
  private String why = "";
  private int failures;
  private int successes;

  Vitals(Check check, Clock clock) {
    this.check = check;
    this.clock = clock;
    since = clock.now();
  }

  /** Takes other limits; counts go on. */
  void limits(Check other) {
    check = other;
  }

  boolean up() {
    return state == Health.UP;
  }

  Health state() {
    return state;
  }

  /** A check succeeded; whether it came up by that. */
  synchronized boolean good() {
    failures = 0;
    if (state == Health.UP) {
      return false;
    }
    successes++;
    if (successes < check.successes()) {
      return false;
    }
    if (flaps.suppressed(clock.nanos())) {
      become(Health.FLAPPING, "It answers, but went down too often lately.");
      return false;
    }
    become(Health.UP, "");
    return true;
  }

  /**
   * A check failed, or a call in a way that a check would too.
   *
   * @param certain whether there is no doubt about it
   * @return whether it went down by that
   */
  synchronized boolean bad(String because, boolean certain) {
    successes = 0;
    failures++;
    if (state == Health.FLAPPING) {
      become(Health.DOWN, because);
      flaps.down(clock.nanos());
    } else if (state == Health.DOWN) {
      why = because;
    } else if (certain || failures >= check.failures()) {
      become(Health.DOWN, because);
      flaps.down(clock.nanos());
      return true;
    }
    return false;
  }

  /** Whether one that answers has been quiet for long enough by now; whether it came up by that. */
  synchronized boolean tick() {
    if (state == Health.FLAPPING && !flaps.suppressed(clock.nanos())) {
      become(Health.UP, "");
      return true;
    }
    return false;
  }

  private void become(Health next, String because) {
    if (state != next) {
      since = clock.now();
    }
    state = next;
    why = because;
    successes = 0;
  }

  synchronized Instant since() {
    return since;
  }

  synchronized String why() {
    return why;
  }

  synchronized double flaps() {
    return flaps.points(clock.nanos());
  }
}
