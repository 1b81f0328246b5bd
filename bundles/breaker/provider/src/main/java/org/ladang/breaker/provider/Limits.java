package org.ladang.breaker.provider;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import org.ladang.breaker.Adaptive;
import org.ladang.breaker.LimitSettings;
import org.ladang.breaker.PolicySettings;

/** Rate limit and bulkhead of a policy: Resilience4j's, and the adaptive limit in the bulkhead's place where it is on. */
final class Limits {
  private final String name;
  private final LimitSettings settings;
  private final RateLimiter rate;
  private final Bulkhead bulkhead;
  private final AdaptiveLimit adaptive;

  Limits(PolicySettings policy) {
    name = policy.name();
    settings = policy.limits();
    rate = settings.callsPerSecond() == 0 ? null : rate(name, settings);
    boolean adapts = settings.adaptive() != Adaptive.OFF;
    adaptive =
        adapts
            ? new AdaptiveLimit(
                settings.adaptive(), settings.concurrent(), policy.breaker().slowAfter().toNanos())
            : null;
    boolean fixed = settings.concurrent() > 0 && (!adapts || settings.observe());
    bulkhead = fixed ? bulkhead(name, settings) : null;
  }

  private static RateLimiter rate(String name, LimitSettings settings) {
    return RateLimiter.of(
        name,
        RateLimiterConfig.custom()
            .limitForPeriod(settings.callsPerSecond())
            .limitRefreshPeriod(Duration.ofSeconds(1))
            .timeoutDuration(settings.rateWait())
            .build());
  }

  private static Bulkhead bulkhead(String name, LimitSettings settings) {
    return Bulkhead.of(
        name,
        BulkheadConfig.custom()
            .maxConcurrentCalls(settings.concurrent())
            .maxWaitDuration(settings.concurrentWait())
            .build());
  }

  /**
   * Counts a call in.
   *
   * @throws org.ladang.kernel.LadangException when there are too many
   */
  void enter() {
    if (rate != null && !rate.acquirePermission()) {
      throw Refusals.tooFast(name, settings.callsPerSecond());
    }
    if (bulkhead != null && !bulkhead.tryAcquirePermission()) {
      throw Refusals.tooMany(name, settings.concurrent());
    }
    if (adaptive != null && !adaptive.enter(settings.observe())) {
      throw Refusals.tooMany(name, adaptive.limit());
    }
  }

  /** Counts a call out. */
  void leave(boolean failed, long took) {
    if (bulkhead != null) {
      bulkhead.onComplete();
    }
    if (adaptive != null) {
      adaptive.leave(failed, took);
    }
  }

  /** Counts a call out that was cancelled, from which nothing can be learnt. */
  void leave() {
    if (bulkhead != null) {
      bulkhead.onComplete();
    }
    if (adaptive != null) {
      adaptive.leave();
    }
  }

  /** What the adaptive limit has found; 0 where it is off. */
  int found() {
    return adaptive == null ? 0 : adaptive.limit();
  }
}
