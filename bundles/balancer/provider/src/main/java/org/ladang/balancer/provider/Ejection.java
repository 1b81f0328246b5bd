package org.ladang.balancer.provider;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ladang.balancer.PoolSettings;
import org.ladang.balancer.PoolSpec;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;

/**
 * Takes endpoints that fail too often out for a while, each time twice as long as the last, and no more of them at once
 * than the pool allows. As the outlier detection of Envoy, but doubling. Called under the pool's lock.
 */
final class Ejection {
  private static final int ENOUGH_CALLS = 20;
  private static final int MOST_DOUBLINGS = 20;
  private static final double PERCENT = 100;

  private final Clock clock;
  private final Events events;
  private long windowSince;

  Ejection(Clock clock, Events events) {
    this.clock = clock;
    this.events = events;
  }

  void windowBegins(Collection<Target> targets) {
    windowSince = clock.nanos();
    for (Target target : targets) {
      target.goodBefore = target.good.sum();
      target.badBefore = target.bad.sum();
    }
  }

  /** Ejects an endpoint, if so many may be; whether it did. */
  boolean eject(PoolSpec pool, Collection<Target> targets, Target target, String why) {
    target.clearRow();
    if (target.ejected) {
      return false;
    }
    PoolSettings settings = pool.settings();
    long out = targets.stream().filter(other -> other.ejected).count();
    if (out + 1 > settings.mostEjected() * targets.size()) {
      return false;
    }
    long time =
        (long)
            Math.min(
                settings.longestEjection().toNanos(),
                settings.ejection().toNanos()
                    * Math.pow(2, Math.min(MOST_DOUBLINGS, target.ejections)));
    target.ejections++;
    target.ejected = true;
    target.ejectedBecause = why;
    target.ejectedUntil = clock.nanos() + time;
    events.warning(
        "balancer.ejected",
        pool.name(),
        target.endpoint().id()
            + " gets no calls for "
            + TimeUnit.NANOSECONDS.toSeconds(time)
            + " s: "
            + why);
    return true;
  }

  /** Lets the ejected return whose time is over, and ends the window; whether anything changed. */
  boolean tick(PoolSpec pool, Collection<Target> targets, Consumer<Target> warm) {
    long now = clock.nanos();
    boolean changed = false;
    for (Target target : targets) {
      if (target.ejected && now - target.ejectedUntil >= 0) {
        target.ejected = false;
        target.quietSince = now;
        target.clearRow();
        target.goodBefore = target.good.sum();
        target.badBefore = target.bad.sum();
        warm.accept(target);
        events.info("balancer.returned", pool.name(), target.endpoint().id() + " is tried again.");
        changed = true;
      } else if (!target.ejected && target.ejections > 0) {
        forgive(pool, target, now);
      }
    }
    if (now - windowSince >= pool.settings().window().toNanos()) {
      for (Target target : targets) {
        changed |= judge(pool, targets, target);
      }
      windowBegins(targets);
    }
    return changed;
  }

  /** One less for each time of the length of the last ejection without another. */
  private static void forgive(PoolSpec pool, Target target, long now) {
    double quiet =
        Math.min(
            pool.settings().longestEjection().toNanos(),
            pool.settings().ejection().toNanos()
                * Math.pow(2, Math.min(MOST_DOUBLINGS, target.ejections)));
    if (now - target.quietSince >= quiet) {
      target.ejections--;
      target.quietSince = now;
    }
  }

  private boolean judge(PoolSpec pool, Collection<Target> targets, Target target) {
    long bad = target.bad.sum() - target.badBefore;
    long all = target.good.sum() - target.goodBefore + bad;
    if (target.ejected || all < ENOUGH_CALLS || bad < pool.settings().failureShare() * all) {
      return false;
    }
    return eject(
        pool,
        targets,
        target,
        Math.round(PERCENT * bad / all)
            + " % of its "
            + all
            + " calls failed in "
            + pool.settings().window().toSeconds()
            + " s.");
  }
}
