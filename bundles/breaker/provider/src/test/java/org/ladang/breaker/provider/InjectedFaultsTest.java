package org.ladang.breaker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ladang.breaker.BreakerSettings;
import org.ladang.breaker.PolicySettings;
import org.ladang.breaker.Request;
import org.ladang.breaker.RetrySettings;

/**
 * How many failures callers see when a fifth of all calls fails by itself, 1,000 calls a second for ten minutes of a virtual
 * clock, with a policy and without. Prints what it finds, whichever way it goes.
 */
class InjectedFaultsTest {
  private static final int CALLS = 600_000;
  private static final double FAULTS = 0.2;
  // On one thread a pause would hold up the calls after it; the number of attempts is what counts
  // here.
  private static final RetrySettings AT_ONCE =
      new RetrySettings(3, Duration.ZERO, Duration.ZERO, 1, 0, 0.2, 10);

  @Test
  void retriesSaveMostOfTheCallsThatFaultsHit() throws Exception {
    long seed = Long.getLong("breaker.seed", System.nanoTime());
    double without = seen(null, seed);
    PolicySettings usual = PolicySettings.usual("faults").with(AT_ONCE);
    PolicySettings rates = usual.with(Sample.rates(0.5, 0, 100, 20));
    double byRate = seen(rates, seed);
    double byRow = seen(usual, seed);
    double byTen = seen(usual.with(BreakerSettings.USUAL.after(10, Duration.ofSeconds(5))), seed);
    System.out.printf(
        "InjectedFaultsTest: seed %d, 20 %% injected faults, idempotent calls, 1,000/s:%n"
            + "  without a policy %.2f %% of the calls fail%n"
            + "  retries and a breaker by failure rate: %.2f %% (%.0f %% fewer)%n"
            + "  ten failures in a row, 5 s: %.2f %% (%.0f %% fewer)%n"
            + "  the usual settings, five failures in a row, 60 s: %.2f %% (%.0f %% fewer)%n",
        seed,
        without * 100,
        byRate * 100,
        fewer(byRate, without),
        byTen * 100,
        fewer(byTen, without),
        byRow * 100,
        fewer(byRow, without));
    assertThat(without).isBetween(0.19, 0.21);
    // The budget pays for 21 retries in 100 calls; faults want 24.
    assertThat(byRate).isLessThan(without * 0.25);
  }

  private static double fewer(double with, double without) {
    return (1 - with / without) * 100;
  }

  private static double seen(PolicySettings settings, long seed) throws Exception {
    Random random = new Random(seed);
    VirtualTime time = new VirtualTime();
    Chain chain = settings == null ? null : Sample.chain(settings, time);
    Request<String> request =
        Request.idempotent(
            () -> {
              if (random.nextDouble() < FAULTS) {
                throw new IOException("injected");
              }
              return "";
            });
    long failed = 0;
    for (int i = 0; i < CALLS; i++) {
      try {
        if (chain == null) {
          request.primary().call();
        } else {
          chain.execute(request);
        }
      } catch (Exception e) {
        failed++;
      }
      time.pass(Duration.ofMillis(1));
    }
    return (double) failed / CALLS;
  }
}
