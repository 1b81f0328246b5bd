package org.ladang.discovery.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.ladang.discovery.Check;
import org.ladang.discovery.EndpointInfo.Health;

/** An endpoint that goes up and down again and again, on a clock that the test drives. */
class FlappingTest {
  private static final Check CHECK =
      new Check(Duration.ofMillis(500), Duration.ofSeconds(1), "", 2, 1);

  private final World world = World.any();
  private final Vitals vitals = new Vitals(CHECK, world);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      vitals.bad("no", false);
    }
  }

  @Test
  void oneFailureIsForgivenTwoInARowAreNot() {
    fail(1);
    assertThat(vitals.up()).isTrue();
    vitals.good();
    fail(1);
    assertThat(vitals.up()).isTrue();
    fail(1);
    assertThat(vitals.state()).isEqualTo(Health.DOWN);
    assertThat(vitals.why()).isEqualTo("no");
    assertThat(vitals.good()).isTrue();
    assertThat(vitals.up()).isTrue();
  }

  @Test
  void aPortThatRefusesNeedsNoSecondFailure() {
    assertThat(vitals.bad("Nobody listens there.", true)).isTrue();
    assertThat(vitals.state()).isEqualTo(Health.DOWN);
  }

  @Test
  void oneThatFlapsIsNotBelievedUntilItWasQuiet() {
    for (int i = 0; i < 3; i++) {
      fail(2);
      vitals.good();
      world.pass(Duration.ofMillis(100));
    }
    assertThat(vitals.state()).isEqualTo(Health.FLAPPING);
    // It answers all the time, but is not believed for more than a half-life.
    boolean up = false;
    int waited = 0;
    while (!up && waited < 100) {
      world.pass(Duration.ofSeconds(1));
      waited++;
      vitals.good();
      up = vitals.tick() || vitals.up();
    }
    assertThat(waited).isBetween(17, 20);
  }

  @Test
  void nobodyIsOutForMoreThanTwoHalfLivesAfterItIsWell() {
    for (int i = 0; i < 1_000; i++) {
      fail(2);
      vitals.good();
      world.pass(Duration.ofMillis(300));
    }
    assertThat(vitals.state()).isEqualTo(Health.FLAPPING);
    world.pass(Flaps.HALF_LIFE.multipliedBy(2).plusSeconds(1));
    assertThat(vitals.tick()).isTrue();
  }

  @Test
  void damagesFewerCallsThanBelievingEveryAnswer() {
    // Down for one second, up for one, for ten minutes; a call every 10 ms while it is believed.
    int failedDamped = 0;
    int failedNaive = 0;
    boolean believed = true;
    for (int step = 0; step < 60_000; step++) {
      boolean dead = step / 100 % 2 == 1;
      failedDamped += dead && vitals.up() ? 1 : 0;
      failedNaive += dead && believed ? 1 : 0;
      if (step % 50 == 0) {
        if (dead) {
          vitals.bad("no", true);
          believed = false;
        } else {
          vitals.good();
          believed = true;
        }
        vitals.tick();
      }
      world.pass(Duration.ofMillis(10));
    }
    System.err.printf(
        "FlappingTest: calls that failed in ten minutes: %d with damping, %d without%n",
        failedDamped, failedNaive);
    assertThat(failedDamped).isLessThan(failedNaive / 10);
  }
}
