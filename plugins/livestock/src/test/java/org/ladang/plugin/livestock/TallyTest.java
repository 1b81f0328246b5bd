package org.ladang.plugin.livestock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TallyTest {
  private final TestClock clock = new TestClock();
  private final Tally tally = new Tally(clock);

  @Test
  void anHourIsCountedAndWhatIsOlderIsForgotten() {
    tally.asked(Tally.Kind.CREATE, true, 10);
    tally.asked(Tally.Kind.CREATE, false, 30);
    tally.retried(2);
    clock.advance(Duration.ofMinutes(59));
    tally.asked(Tally.Kind.CREATE, true, 20);
    tally.asked(Tally.Kind.UPDATE, true, 5);

    Tally.Count made = tally.count(Tally.Kind.CREATE);
    assertThat(made).isEqualTo(new Tally.Count(3, 1, 60));
    assertThat(made.mean()).isEqualTo(Duration.ofNanos(20));
    assertThat(made.successRate()).isEqualTo(2 / 3.0);
    assertThat(tally.retries()).isEqualTo(2);

    clock.advance(Duration.ofMinutes(1));
    assertThat(tally.count(Tally.Kind.CREATE)).isEqualTo(new Tally.Count(1, 0, 20));
    assertThat(tally.retries()).isZero();
    clock.advance(Duration.ofHours(2));
    assertThat(tally.count(Tally.Kind.UPDATE).successRate()).isEqualTo(1);
  }
}
