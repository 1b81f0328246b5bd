package org.ladang.kernel.provider.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.provider.run.FailureCount.Consequence;

class FailureCountTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private final FailureCount count = new FailureCount(Duration.ofSeconds(1));

  @Test
  void theWaitDoublesAndTheFifthFailureInFiveMinutesIsTheLast() {
    assertThat(after(0)).isEqualTo(restart(1));
    assertThat(after(2)).isEqualTo(restart(2));
    assertThat(after(5)).isEqualTo(restart(4));
    assertThat(after(10)).isEqualTo(restart(8));
    assertThat(after(299)).isEqualTo(new Consequence.Quarantine(5, Duration.ofSeconds(299)));
  }

  @Test
  void whoFailsMoreSeldomIsRestartedForEverButNeverLaterThanAMinute() {
    long[] waits = {1, 2, 4, 8, 16, 32, 60, 60, 60};
    for (int i = 0; i < waits.length; i++) {
      assertThat(after(i * 80L)).as("failure " + i).isEqualTo(restart(waits[i]));
    }
  }

  @Test
  void fiveGoodMinutesForgetAll() {
    after(0);
    after(1);
    assertThat(after(302)).isEqualTo(restart(1));
  }

  @Test
  void aClockThatIsSetBackQuarantinesNobody() {
    for (int i = 0; i < 20; i++) {
      assertThat(after(-3600L * i)).isEqualTo(restart(1));
    }
  }

  private Consequence after(long seconds) {
    return count.failed(START.plusSeconds(seconds));
  }

  private static Consequence restart(long seconds) {
    return new Consequence.Restart(Duration.ofSeconds(seconds));
  }
}
