package org.ladang.breaker.provider;

import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;
import org.ladang.breaker.BreakerSettings;

/**
 * Whatever threads do at the same time, permits and windows come out as if they had done it one after the other:
 * Lincheck looks for schedules in which they do not.
 */
class LinearizabilityTest {
  @Test
  void aRowOfFailuresIsCountedAsIfOneAfterTheOther() {
    modelChecking(10).check(Row.class);
  }

  @Test
  void leasesAreGivenAndBroughtBackAsIfOneAfterTheOther() {
    modelChecking(8).check(Trials.class);
  }

  @Test
  void andUnderStressOfRealThreads() {
    new StressOptions()
        .iterations(10)
        .threads(3)
        .actorsPerThread(3)
        .invocationsPerIteration(500)
        .check(Trials.class);
  }

  @Test
  void windowsCountAsIfOneAfterTheOther() {
    modelChecking(4).check(Counted.class);
  }

  private static ModelCheckingOptions modelChecking(int scenarios) {
    return new ModelCheckingOptions()
        .iterations(scenarios)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(2)
        .invocationsPerIteration(300);
  }

  private static Breaker breaker(AtomicLong time) {
    return new Breaker(Sample.inARow(2, 2, 2), time::get, new AtomicLong(1), (from, to) -> {});
  }

  private static String seen(Breaker breaker) {
    Phase phase = breaker.phase();
    return phase instanceof Phase.HalfOpen half
        ? "HALF_OPEN " + half.leases().size() + " " + half.successes()
        : phase.state().name();
  }

  /** A closed breaker that the second failure in a row opens. */
  public static class Row {
    private final Breaker breaker = breaker(new AtomicLong(1));
    private final long permit = breaker.acquire();

    /** A call ends. */
    @Operation
    public void done(@Param(gen = BooleanGen.class) boolean failed) {
      breaker.done(permit, failed, 1);
    }

    /** What everybody sees. */
    @Operation
    public String state() {
      return seen(breaker);
    }
  }

  /** A breaker whose wait is over, and callers who each hold one permit at the most. */
  public static class Trials {
    private static final int CALLERS = 8;

    private final long[] held = new long[CALLERS];
    private final Breaker breaker;

    /** Opens it and lets its wait pass. */
    public Trials() {
      AtomicLong time = new AtomicLong(1);
      breaker = breaker(time);
      for (int i = 0; i < 2; i++) {
        breaker.done(breaker.acquire(), true, 1);
      }
      time.addAndGet(Sample.WAIT.toNanos());
    }

    /** Whether the caller is let through. */
    @Operation
    public boolean acquire(@Param(gen = ThreadIdGen.class) int caller) {
      if (held[caller] <= 0) {
        held[caller] = breaker.acquire();
      }
      return held[caller] > 0;
    }

    /** Its call ends. */
    @Operation
    public void done(
        @Param(gen = ThreadIdGen.class) int caller, @Param(gen = BooleanGen.class) boolean failed) {
      if (held[caller] > 0) {
        breaker.done(held[caller], failed, 1);
        held[caller] = 0;
      }
    }

    /** Its call was not made. */
    @Operation
    public void release(@Param(gen = ThreadIdGen.class) int caller) {
      if (held[caller] > 0) {
        breaker.release(held[caller]);
        held[caller] = 0;
      }
    }

    /** What everybody sees. */
    @Operation
    public String state() {
      return seen(breaker);
    }
  }

  /** A window of four calls. */
  public static class Counted {
    private final Window window =
        new Window(
            new BreakerSettings(
                0,
                0.9,
                0.9,
                Sample.WAIT,
                4,
                1,
                Sample.WAIT,
                1,
                1,
                Sample.LEASE,
                java.util.List.of()));

    /** A call ended. */
    @Operation
    public String record(
        @Param(gen = BooleanGen.class) boolean failed,
        @Param(gen = BooleanGen.class) boolean slow) {
      return window.record(failed, slow, 1).name();
    }

    /** The share of failures. */
    @Operation
    public double failures() {
      return window.failureRate();
    }

    /** The share of slow ones. */
    @Operation
    public double slow() {
      return window.slowRate();
    }
  }
}
