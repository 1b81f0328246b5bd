package org.ladang.breaker.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.Principal;

/** The parts as they are outside tests. */
final class RealParts {
  private static final Duration DEGRADED_PATIENCE = Duration.ofSeconds(5);

  private RealParts() {}

  static Parts of(Clock clock, Scheduler scheduler, Gate gate) {
    return new Parts(
        clock,
        clock::nanos,
        () -> ThreadLocalRandom.current().nextDouble(),
        TimeUnit.NANOSECONDS::sleep,
        scheduler,
        new TimeLimits(clock::nanos).start(),
        (action, until) -> gate.call(context(clock, until), action, Map.of()));
  }

  private static CallContext context(Clock clock, Instant until) {
    String trace = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    return CallContext.of(Principal.SYSTEM, "breaker", trace, clock.now().plus(DEGRADED_PATIENCE))
        .before(until);
  }

  /** Names this run of the JVM. */
  static String process() {
    ProcessHandle own = ProcessHandle.current();
    return own.pid() + "@" + own.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
