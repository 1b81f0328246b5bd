package org.ladang.plugin.livestock;

import java.time.Duration;
import org.ladang.breaker.BreakerSettings;
import org.ladang.breaker.Degradation;
import org.ladang.breaker.LimitSettings;
import org.ladang.breaker.Policies;
import org.ladang.breaker.PolicySettings;
import org.ladang.breaker.RetrySettings;

/**
 * The policies under which boards are shown: five failures open a breaker, for a minute. One of the same name in the
 * configuration ({@code org.ladang.breaker.policy~NAME}) wins.
 */
final class BoardPolicies {
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

  private BoardPolicies() {}

  static void make(Policies policies) {
    policies.make(new PolicySettings(BUTTONS, BREAKER, RETRIES, LIMITS, Degradation.SIMPLIFIED));
    policies.make(new PolicySettings(PLAIN, BREAKER, RetrySettings.NONE, LIMITS, Degradation.NONE));
  }

  static void remove(Policies policies) {
    policies.remove(BUTTONS);
    policies.remove(PLAIN);
  }
}
