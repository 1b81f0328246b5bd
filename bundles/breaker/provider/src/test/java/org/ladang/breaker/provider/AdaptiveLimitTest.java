package org.ladang.breaker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ladang.breaker.Adaptive;

/** A called that takes so many calls at a time in its usual time, and the others one after the other. */
class AdaptiveLimitTest {
  private static final long USUAL = 10_000_000;
  private static final int CAPACITY = 50;

  @Test
  void aimdGrowsByOneInARoundAndShrinksByATenthOnceInARoundWhenCallsAreLate() {
    AdaptiveLimit limit = new AdaptiveLimit(Adaptive.AIMD, 100, 5 * USUAL);
    assertThat(limit.limit()).isEqualTo(20);
    for (int i = 0; i < 3; i++) {
      ended(limit, fill(limit), USUAL);
    }
    assertThat(limit.limit()).isBetween(21, 22);
    int before = limit.limit();
    ended(limit, fill(limit), 6 * USUAL);
    assertThat(limit.limit()).isBetween((int) (before * 0.9) - 1, (int) (before * 0.9) + 1);
  }

  @Test
  void whoIsHardlyCalledTeachesNothing() {
    for (Adaptive way : new Adaptive[] {Adaptive.AIMD, Adaptive.GRADIENT}) {
      AdaptiveLimit limit = new AdaptiveLimit(way, 100, 5 * USUAL);
      for (int i = 0; i < 1000; i++) {
        limit.enter(false);
        limit.leave(false, USUAL);
      }
      assertThat(limit.limit()).as(way.name()).isEqualTo(20);
    }
  }

  // Longer than some hundred rounds at the limit, the gradient takes slow times for the usual
  // ones: as published.
  @Test
  void bothSettleNearWhatTheCalledCanTake() {
    for (Adaptive way : new Adaptive[] {Adaptive.AIMD, Adaptive.GRADIENT}) {
      AdaptiveLimit limit = new AdaptiveLimit(way, 1000, 2 * USUAL);
      for (int round = 0; round < 100; round++) {
        round(limit);
      }
      assertThat(limit.limit()).as(way.name()).isBetween(CAPACITY / 2, CAPACITY * 3);
    }
  }

  @Test
  void thatWhichOnlyObservesRefusesNobody() {
    AdaptiveLimit limit = new AdaptiveLimit(Adaptive.AIMD, 10, USUAL);
    for (int i = 0; i < 100; i++) {
      assertThat(limit.enter(true)).isTrue();
    }
    assertThat(limit.enter(false)).isFalse();
  }

  /** As many calls as are let in; those beyond the capacity wait for the others. */
  private static void round(AdaptiveLimit limit) {
    int count = fill(limit);
    double slower = Math.max(1, (double) count / CAPACITY);
    ended(limit, count, Math.round(USUAL * slower));
  }

  private static int fill(AdaptiveLimit limit) {
    int underWay = 0;
    while (underWay < 2000 && limit.enter(false)) {
      underWay++;
    }
    return underWay;
  }

  private static void ended(AdaptiveLimit limit, int count, long took) {
    for (int i = 0; i < count; i++) {
      limit.leave(false, took);
    }
  }
}
