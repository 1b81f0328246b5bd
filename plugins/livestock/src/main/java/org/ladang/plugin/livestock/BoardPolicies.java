package org.ladang.plugin.livestock;

import java.time.Duration;
import java.util.List;
import org.ladang.breaker.BreakerSettings;
import org.ladang.breaker.Degradation;
import org.ladang.breaker.LimitSettings;
import org.ladang.breaker.PolicySettings;
import org.ladang.breaker.PolicySource;
import org.ladang.breaker.RetrySettings;
import org.osgi.service.component.annotations.Component;

/** The policies under which boards are shown: five failures open a breaker, for a minute. */
@Component
public final class BoardPolicies implements PolicySource {
  /** Boards with their buttons: three retries, and the simplified form when nothing helps. */
  static final String BUTTONS = "livestock/buttons";

  /** Boards without buttons. */
  static final String PLAIN = "livestock/plain";

  private static final int FAILURES = 5;
  private static final int ATTEMPTS = 4;
  private static final BreakerSettings BREAKER =
      BreakerSettings.USUAL.after(FAILURES, Duration.ofSeconds(60));
  private static final LimitSettings LIMITS = LimitSettings.NONE.within(Duration.ofSeconds(5));
  private static final RetrySettings RETRIES =
      new RetrySettings(ATTEMPTS, Duration.ofMillis(200), Duration.ofSeconds(2), 2, 0.5, 0.2, 10);

  @Override
  public List<PolicySettings> policies() {
    return List.of(
        new PolicySettings(BUTTONS, BREAKER, RETRIES, LIMITS, Degradation.SIMPLIFIED),
        new PolicySettings(PLAIN, BREAKER, RetrySettings.NONE, LIMITS, Degradation.NONE));
  }
}
