package org.ladang.breaker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.ladang.breaker.BreakerState;
import org.ladang.breaker.Degradation;
import org.ladang.breaker.PolicySettings;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.Meters;

/** What outlives a provider: two shelves on one state are two providers, one after the other. */
class ShelfTest {
  private static final PolicySettings MILL =
      PolicySettings.usual("mill").with(Sample.inARow(3, 2, 2));

  private final VirtualTime time = new VirtualTime();
  private final MapState state = new MapState();
  private final List<String> told = new ArrayList<>();
  private String version = "1.0.0";

  @Test
  void anOpenBreakerYoungerThanItsWaitIsOpenAgainAndNotForLonger() {
    Shelf first = shelf("first", "jvm");
    first.bring(MILL);
    fail(first.policy("mill"), 3);
    time.pass(Duration.ofSeconds(20));
    Shelf second = shelf("second", "another jvm");
    second.bring(MILL);
    Kept mill = second.policy("mill");
    assertThat(mill.breaker().acquire()).isEqualTo(Breaker.REFUSED);
    assertThat(mill.info().cause()).isEqualTo("3 calls in a row failed.");
    assertThat(mill.info().left()).isEqualTo(Duration.ofSeconds(40));
    time.pass(Duration.ofSeconds(40));
    assertThat(mill.breaker().acquire()).isPositive();
    assertThat(mill.info().state()).isEqualTo(BreakerState.HALF_OPEN);
  }

  @Test
  void aClockThatWasSetBackMakesNoWaitLonger() {
    state.put(
        "breaker:mill",
        Map.of(
            "number", 1,
            "writer", "x",
            "process", "x",
            "version", "",
            "state", "OPEN",
            "since", time.now().toEpochMilli(),
            "cause", "It was so.",
            "until", time.now().plus(Duration.ofDays(1)).toEpochMilli()));
    Shelf shelf = shelf("first", "jvm");
    shelf.bring(MILL);
    assertThat(shelf.policy("mill").breaker().left()).isEqualTo(Sample.WAIT);
  }

  @Test
  void leasesGoFromProviderToProviderInOneProcess() {
    Shelf first = shelf("first", "jvm");
    first.bring(MILL);
    fail(first.policy("mill"), 3);
    time.pass(Sample.WAIT);
    long one = first.policy("mill").breaker().acquire();
    long two = first.policy("mill").breaker().acquire();
    time.pass(Duration.ZERO);

    Shelf second = shelf("second", "jvm");
    second.bring(MILL);
    Breaker breaker = second.policy("mill").breaker();
    assertThat(second.policy("mill").info().trials()).isEqualTo(2);
    assertThat(breaker.acquire()).isEqualTo(Breaker.REFUSED);
    breaker.done(one, false, 1);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.HALF_OPEN);
    breaker.done(two, false, 1);
    assertThat(breaker.phase().state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void whatEndsInTheFormerProviderIsSeenByTheNext() {
    Shelf first = shelf("first", "jvm");
    first.bring(MILL);
    fail(first.policy("mill"), 3);
    time.pass(Sample.WAIT);
    long one = first.policy("mill").breaker().acquire();
    time.pass(Duration.ZERO);
    Shelf second = shelf("second", "jvm");
    second.bring(MILL);
    first.policy("mill").breaker().done(one, true, 1);
    time.pass(Duration.ZERO);
    second.tick();
    assertThat(second.policy("mill").info().state()).isEqualTo(BreakerState.OPEN);
    assertThat(second.policy("mill").info().cause()).isEqualTo("A call on trial failed.");
  }

  @Test
  void aFormerProviderDoesNotWriteOverWhatTheNextHasNoted() {
    Shelf first = shelf("first", "jvm");
    first.bring(MILL);
    fail(first.policy("mill"), 1);
    Shelf second = shelf("second", "jvm");
    second.bring(MILL);
    fail(second.policy("mill"), 3);
    time.pass(Duration.ZERO);
    first.stop();
    second.tick();
    assertThat(second.policy("mill").info().state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void failuresInARowGoOnWithTheNextProvider() {
    Shelf first = shelf("first", "jvm");
    first.bring(MILL);
    fail(first.policy("mill"), 2);
    first.stop();
    Shelf second = shelf("second", "jvm");
    second.bring(MILL);
    fail(second.policy("mill"), 1);
    assertThat(second.policy("mill").info().state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void leasesOfAProcessThatIsGoneAreWorthNothing() {
    Shelf first = shelf("first", "jvm");
    first.bring(MILL);
    fail(first.policy("mill"), 3);
    time.pass(Sample.WAIT);
    first.policy("mill").breaker().acquire();
    time.pass(Duration.ZERO);
    Shelf second = shelf("second", "another jvm");
    second.bring(MILL);
    assertThat(second.policy("mill").info().state()).isEqualTo(BreakerState.HALF_OPEN);
    assertThat(second.policy("mill").info().trials()).isZero();
  }

  @Test
  void whatIsMadeInCodeIsThereAgainAndWhatTheConfigurationBringsWins() {
    PolicySettings made = MILL.with(Degradation.value(Map.of("items", List.of(1, 2))));
    shelf("first", "jvm").make(made);
    Shelf second = shelf("second", "jvm");
    assertThat(second.policy("mill").info().settings()).isEqualTo(made);
    second.bring(MILL.with(Degradation.NONE));
    assertThat(second.policy("mill").info().settings().degraded()).isEqualTo(Degradation.NONE);
    second.take("mill");
    assertThat(second.policy("mill").info().settings()).isEqualTo(made);
    second.remove("mill");
    assertThatThrownBy(() -> second.policy("mill"))
        .isInstanceOf(LadangException.class)
        .hasMessage("There is no policy mill.");
    assertThat(shelf("third", "jvm").names()).isEmpty();
  }

  @Test
  void whatAnOperatorWantsIsOnDiskWhenItIsAnswered() {
    Shelf first = shelf("first", "jvm");
    first.bring(MILL);
    first.force("mill", BreakerState.FORCED_OPEN, "an operator wants it so.");
    Shelf second = shelf("second", "another jvm");
    second.bring(MILL);
    assertThat(second.policy("mill").info().state()).isEqualTo(BreakerState.FORCED_OPEN);
    assertThatThrownBy(() -> second.force("mill", BreakerState.HALF_OPEN, ""))
        .hasMessageContaining("cannot be told to be HALF_OPEN");
  }

  @Test
  void aDiskThatRefusesCostsNoCallAndIsTriedAgain() {
    Shelf first = shelf("first", "jvm");
    first.bring(MILL);
    state.refuses = true;
    fail(first.policy("mill"), 3);
    time.pass(Duration.ZERO);
    assertThat(first.policy("mill").info().state()).isEqualTo(BreakerState.OPEN);
    state.refuses = false;
    first.tick();
    Shelf second = shelf("second", "jvm");
    second.bring(MILL);
    assertThat(second.policy("mill").info().state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void changesAreToldWithTheirCause() {
    Shelf shelf = shelf("first", "jvm");
    shelf.bring(MILL);
    fail(shelf.policy("mill"), 3);
    assertThat(told)
        .containsExactly("WARNING breaker.open The breaker mill is OPEN: 3 calls in a row failed.");
  }

  @Test
  void anotherVersionOfAPluginBeginsAnewAndTheSameOneDoesNot() {
    Shelf shelf = shelf("first", "jvm");
    Kept wells = shelf.plugin("plugin/wells", Sample.inARow(3, 1, 1));
    fail(wells, 3);
    shelf.came("plugin/wells", "1.0.0");
    assertThat(wells.info().state()).isEqualTo(BreakerState.OPEN);
    shelf.came("plugin/wells", "1.1.0");
    assertThat(wells.info().state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void thePoliciesOfPluginsAreThereBeforeTheirFirstCall() {
    fail(shelf("first", "jvm").plugin("plugin/wells", Sample.inARow(3, 1, 1)), 3);
    time.pass(Duration.ZERO);
    assertThat(shelf("second", "jvm").policy("plugin/wells").info().state())
        .isEqualTo(BreakerState.OPEN);
  }

  private Shelf shelf(String writer, String process) {
    Memory memory = new Memory(state, time, time::nanos, process, writer);
    UnaryOperator<String> versions = policy -> version;
    Shelf shelf = new Shelf(time.parts(), memory, events(), new NoMeters(), versions);
    shelf.start(Sample.inARow(3, 1, 1));
    return shelf;
  }

  private static void fail(Kept policy, int times) {
    for (int i = 0; i < times; i++) {
      policy.breaker().done(policy.breaker().acquire(), true, 1);
    }
  }

  private Events events() {
    return new Events() {
      @Override
      public void publish(
          Event.Severity severity,
          String type,
          String subject,
          String sentence,
          Map<String, Object> details) {
        told.add(severity + " " + type + " " + sentence);
      }

      @Override
      public List<Event> recent(String typePrefix, int limit) {
        return List.of();
      }
    };
  }

  private static final class NoMeters implements Meters {
    @Override
    public Counter counter(String name) {
      return new Counter() {
        @Override
        public void add(long n) {
          // Nobody looks at it here.
        }

        @Override
        public long value() {
          return 0;
        }
      };
    }

    @Override
    public Timer timer(String name) {
      throw new AssertionError("The room has no timers.");
    }

    @Override
    public List<Reading> readings(String prefix) {
      return List.of();
    }
  }
}
