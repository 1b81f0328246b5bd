package org.ladang.breaker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ladang.breaker.BreakerSettings;
import org.ladang.breaker.BreakerState;

/**
 * Random schedules of calls that come, end, fail, are lost or given back, beside a small reference that is written as one
 * would explain it. {@code -Dbreaker.seed} replays a run.
 */
class BreakerModelTest {
  private static final int SCHEDULES = 1_000_000;
  private static final int STEPS = 24;

  @Test
  void aMillionSchedulesGoAsTheReferenceSaysAndNoneEndsStuckHalfOpen() {
    long seed = Long.getLong("breaker.seed", System.nanoTime());
    System.out.println("BreakerModelTest: seed " + seed);
    Random random = new Random(seed);
    long halfOpen = 0;
    long stuck = 0;
    for (int i = 0; i < SCHEDULES; i++) {
      Schedule schedule = new Schedule(random, "seed " + seed + ", schedule " + i);
      for (int step = 0; step < STEPS; step++) {
        schedule.step();
      }
      halfOpen += schedule.wasHalfOpen ? 1 : 0;
      stuck += schedule.endsStuck() ? 1 : 0;
    }
    System.out.printf(
        "BreakerModelTest: %,d schedules, %,d were half open, %d stuck%n",
        SCHEDULES, halfOpen, stuck);
    assertThat(stuck).isZero();
    assertThat(halfOpen).isGreaterThan(SCHEDULES / 4);
  }

  /** One breaker, its reference, and calls under way. */
  private static final class Schedule {
    private final Random random;
    private final String name;
    private final VirtualTime time = new VirtualTime();
    private final BreakerSettings settings;
    private final Breaker breaker;
    private final Reference reference;
    private final List<Long> underWay = new ArrayList<>();
    boolean wasHalfOpen;

    Schedule(Random random, String name) {
      this.random = random;
      this.name = name;
      this.settings =
          Sample.inARow(1 + random.nextInt(3), 1 + random.nextInt(3), 1 + random.nextInt(3));
      this.breaker = Sample.breaker(settings, time);
      this.reference = new Reference(settings);
    }

    void step() {
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> begin();
        case 4, 5, 6 -> end(random.nextInt(5) < 3);
        case 7 -> giveBack();
        default -> time.pass(Duration.ofSeconds(1 + random.nextInt(90)));
      }
      reference.look(time.nanos());
      breaker.look();
      BreakerState state = breaker.phase().state();
      wasHalfOpen |= state == BreakerState.HALF_OPEN;
      if (state != reference.state) {
        throw new AssertionError(name + ": " + state + ", but " + reference.state);
      }
    }

    private void begin() {
      long permit = breaker.acquire();
      boolean admitted = reference.acquire(permit, time.nanos());
      if (admitted != (permit != Breaker.REFUSED)) {
        throw new AssertionError(name + ": " + permit + ", but admitted: " + admitted);
      }
      if (admitted) {
        underWay.add(permit);
      }
    }

    private void end(boolean failed) {
      if (!underWay.isEmpty()) {
        // Now and then twice: a caller that is wrong must not do harm either.
        int index = random.nextInt(underWay.size());
        long permit = random.nextInt(10) == 0 ? underWay.get(index) : underWay.remove(index);
        breaker.done(permit, failed, 1);
        reference.done(permit, failed, time.nanos());
      }
    }

    private void giveBack() {
      if (!underWay.isEmpty()) {
        long permit = underWay.remove(random.nextInt(underWay.size()));
        breaker.release(permit);
        reference.release(permit);
      }
    }

    /** Whether calls that all succeed do not close it, although everybody under way is lost. */
    boolean endsStuck() {
      time.pass(settings.lease());
      breaker.look();
      time.pass(settings.openFor());
      for (int i = 0; i < settings.successesToClose() + 1; i++) {
        long permit = breaker.acquire();
        if (permit != Breaker.REFUSED) {
          breaker.done(permit, false, 1);
        }
      }
      return breaker.phase().state() != BreakerState.CLOSED;
    }
  }

  /** The rules, one after the other, on one thread. */
  private static final class Reference {
    private final BreakerSettings settings;
    private final Map<Long, Long> leases = new HashMap<>();
    private BreakerState state = BreakerState.CLOSED;
    private long closedPermit = 1;
    private int inARow;
    private int successes;
    private long until;

    Reference(BreakerSettings settings) {
      this.settings = settings;
    }

    boolean acquire(long permit, long now) {
      look(now);
      if (state == BreakerState.OPEN && now >= until) {
        state = BreakerState.HALF_OPEN;
        leases.clear();
        successes = 0;
      }
      if (state == BreakerState.HALF_OPEN && leases.size() < settings.halfOpenCalls()) {
        leases.put(permit, now + settings.lease().toNanos());
        return true;
      }
      if (state == BreakerState.CLOSED) {
        closedPermit = permit;
        return true;
      }
      return false;
    }

    void done(long permit, boolean failed, long now) {
      if (state == BreakerState.CLOSED && permit == closedPermit) {
        inARow = failed ? inARow + 1 : 0;
        if (inARow >= settings.consecutiveFailures()) {
          open(now);
        }
      } else if (state == BreakerState.HALF_OPEN && leases.remove(permit) != null) {
        if (failed) {
          open(now);
        } else if (++successes >= settings.successesToClose()) {
          state = BreakerState.CLOSED;
          inARow = 0;
          closedPermit = 0;
        }
      }
    }

    void release(long permit) {
      if (state == BreakerState.HALF_OPEN) {
        leases.remove(permit);
      }
    }

    void look(long now) {
      if (state == BreakerState.HALF_OPEN && leases.values().stream().anyMatch(end -> now >= end)) {
        open(now);
      }
    }

    private void open(long now) {
      state = BreakerState.OPEN;
      until = now + settings.openFor().toNanos();
    }
  }
}
