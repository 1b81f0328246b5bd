package org.ladang.breaker.provider;

import io.github.resilience4j.core.metrics.LockFreeFixedSizeSlidingWindowMetrics;
import io.github.resilience4j.core.metrics.Metrics;
import io.github.resilience4j.core.metrics.Snapshot;
import java.util.concurrent.TimeUnit;
import org.ladang.breaker.BreakerSettings;

/** Shares of failed and slow calls among the last ones: Resilience4j's lock-free window. */
final class Window {
  private static final float PERCENT = 100;

  private final Metrics metrics;
  private final BreakerSettings settings;

  /** What a call's result made of the window. */
  enum Verdict {
    FINE,
    FAILING,
    SLOW
  }

  Window(BreakerSettings settings) {
    this.settings = settings;
    this.metrics =
        settings.failureRate() > 0 || settings.slowRate() > 0
            ? new LockFreeFixedSizeSlidingWindowMetrics(settings.window())
            : null;
  }

  Verdict record(boolean failed, boolean slow, long took) {
    if (metrics == null) {
      return Verdict.FINE;
    }
    Snapshot now =
        metrics.record(
            took,
            TimeUnit.NANOSECONDS,
            failed
                ? slow ? Metrics.Outcome.SLOW_ERROR : Metrics.Outcome.ERROR
                : slow ? Metrics.Outcome.SLOW_SUCCESS : Metrics.Outcome.SUCCESS);
    if (now.getTotalNumberOfCalls() < settings.minimumCalls()) {
      return Verdict.FINE;
    }
    // Only a failure can raise the share of failures; most calls end here.
    if (failed
        && settings.failureRate() > 0
        && now.getFailureRate() >= settings.failureRate() * PERCENT) {
      return Verdict.FAILING;
    }
    return slow && settings.slowRate() > 0 && now.getSlowCallRate() >= settings.slowRate() * PERCENT
        ? Verdict.SLOW
        : Verdict.FINE;
  }

  double failureRate() {
    return rate(true);
  }

  double slowRate() {
    return rate(false);
  }

  private double rate(boolean failures) {
    if (metrics == null) {
      return 0;
    }
    Snapshot now = metrics.getSnapshot();
    return now.getTotalNumberOfCalls() < settings.minimumCalls()
        ? 0
        : (failures ? now.getFailureRate() : now.getSlowCallRate()) / PERCENT;
  }
}
