package org.ladang.kernel.provider.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.Meters;
import org.ladang.kernel.Meters.Reading;

class RuntimeMetersTest {
  private final RuntimeMeters meters = new RuntimeMeters(3);

  @Test
  void theSameNameIsTheSameCounter() {
    meters.counter("a").increment();
    meters.counter("a").add(2);

    assertThat(meters.counter("a").value()).isEqualTo(3);
    assertThatThrownBy(() -> meters.counter("a").add(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTimerKnowsItsDistributionToOnePercent() {
    Meters.Timer timer = meters.timer("t");
    for (int i = 1; i <= 1000; i++) {
      timer.record(i * 1_000_000L);
    }

    Reading reading = timer.reading();
    assertThat(reading.count()).isEqualTo(1000);
    near(reading.mean(), 500);
    near(reading.p50(), 500);
    near(reading.p95(), 950);
    near(reading.p99(), 990);
    near(reading.max(), 1000);
  }

  private static void near(Duration duration, int millis) {
    assertThat((double) duration.toMillis()).isCloseTo(millis, within(millis * 0.015));
  }

  @Test
  void durationsThatCannotBeAreTakenForTheNearestThatCan() {
    Meters.Timer timer = meters.timer("t");
    timer.record(-5);
    timer.record(Long.MAX_VALUE);

    assertThat(timer.reading().count()).isEqualTo(2);
    assertThat(timer.reading().max()).isBetween(Duration.ofHours(23), Duration.ofHours(25));
  }

  @Test
  void whatWasNeverRecordedReadsAsNothing() {
    assertThat(meters.timer("t").reading())
        .isEqualTo(
            new Reading(
                "t", 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }

  @Test
  void readingsAreSortedAndChosenByPrefix() {
    meters.timer("gate.b").record(5);
    meters.counter("gate.a").increment();
    meters.counter("other").increment();

    assertThat(meters.readings("gate."))
        .extracting(Reading::name)
        .containsExactly("gate.a", "gate.b");
  }

  @Test
  void tooManyNamesAreCountedAsOverflow() {
    for (int i = 0; i < 5; i++) {
      meters.counter("n" + i).increment();
    }

    assertThat(meters.readings(""))
        .extracting(Reading::name)
        .containsExactly("n0", "n1", "n2", "overflow");
    assertThat(meters.counter("anything").value()).isEqualTo(2);
  }
}
