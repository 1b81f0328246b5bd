package org.ladang.deploy.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Staged;
import org.ladang.kernel.swap.Trial;

/**
 * Asks a version that does not serve yet how it is: its own health checks, and the action that it names as its smoke
 * test. A check that is temporarily unavailable is asked again for a while; a warning passes.
 */
final class HealthTrial implements Trial {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
  private static final long AGAIN = TimeUnit.MILLISECONDS.toNanos(50);

  private final Sighting sighting;
  private final Clock clock;

  /**
   * @param sighting gets the steps {@code staged} and {@code checked}
   */
  HealthTrial(Sighting sighting, Clock clock) {
    this.sighting = sighting;
    this.clock = clock;
  }

  @Override
  public void judge(Staged staged) {
    sighting.step("staged", clock.nanos());
    for (HealthCheck check : staged.services(HealthCheck.class)) {
      Result result = settled(check, staged.passport());
      if (!result.isOk() && result.getStatus() != Result.Status.WARN) {
        throw sick(staged.passport(), result);
      }
    }
    String smoke = staged.passport().smoke();
    if (!smoke.isEmpty()) {
      staged.call(smoke, Map.of());
    }
    sighting.step("checked", clock.nanos());
  }

  private static Result settled(HealthCheck check, Passport passport) {
    long end = System.nanoTime() + PATIENCE;
    while (true) {
      Result result = executed(check, passport);
      boolean mayChange = result.getStatus() == Result.Status.TEMPORARILY_UNAVAILABLE;
      if (!mayChange || System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
        return result;
      }
      LockSupport.parkNanos(AGAIN);
    }
  }

  private static Result executed(HealthCheck check, Passport passport) {
    try {
      return check.execute();
    } catch (RuntimeException | LinkageError e) {
      throw new LadangException(
              "LADANG-DEPLOY-018",
              who(passport) + " is not taken: its health check failed with " + e + ".",
              e)
          .next("Mend the check and drop it again.");
    }
  }

  private static LadangException sick(Passport passport, Result result) {
    List<String> said = new ArrayList<>();
    for (ResultLog.Entry entry : result) {
      if (entry.getStatus() == result.getStatus()) {
        said.add(entry.getMessage());
      }
    }
    return new LadangException(
            "LADANG-DEPLOY-018",
            who(passport)
                + " is not taken: its health check says "
                + result.getStatus()
                + (said.isEmpty() ? "" : ": " + String.join(" ", said))
                + (said.isEmpty() || !said.get(said.size() - 1).endsWith(".") ? "." : ""))
        .next("Mend what it complains of, and drop it again.");
  }

  private static String who(Passport passport) {
    return passport.name() + " " + passport.version();
  }
}
