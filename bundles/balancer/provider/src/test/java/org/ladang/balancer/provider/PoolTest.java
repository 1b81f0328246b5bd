package org.ladang.balancer.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancer;
import org.ladang.balancer.Candidate;
import org.ladang.balancer.Candidates;
import org.ladang.balancer.Endpoint;
import org.ladang.balancer.EndpointState;
import org.ladang.balancer.EndpointStats;
import org.ladang.balancer.Outcome;
import org.ladang.balancer.PoolSpec;

/** How a pool treats its endpoints, on a clock that the test drives. */
class PoolTest {
  private final World world = World.any();

  static List<Balancer> all() {
    return List.of(
        new RoundRobin(),
        new SmoothWeighted(),
        new LeastConnections(),
        new ResourceBased(),
        new PeakEwma(),
        new ConsistentHash(),
        new Geographic());
  }

  @ParameterizedTest
  @MethodSource("all")
  void aNewEndpointGetsAGrowingShare(Balancer balancer) {
    Pool pool = world.pool(balancer, World.endpoints(3));
    set(pool, balancer, 4);
    assertThat(World.of(pool, "e03").state()).isEqualTo(EndpointState.WARMING);
    double cold = share(pool, balancer);
    world.pass(Duration.ofSeconds(5));
    double half = share(pool, balancer);
    world.pass(Duration.ofSeconds(6));
    double warm = share(pool, balancer);
    assertThat(World.of(pool, "e03").state()).isEqualTo(EndpointState.UP);
    assertThat(cold).isLessThan(half).isLessThan(0.13);
    assertThat(half).isLessThan(warm);
    assertThat(warm).isCloseTo(0.25, within(0.04));
  }

  /** Under load: with many calls under way, which is when most algorithms see weights. */
  private double share(Pool pool, Balancer balancer) {
    List<String> open = new ArrayList<>();
    int mine = 0;
    int calls = 8000;
    for (int i = 0; i < calls; i++) {
      String id = pool.pick(new Ask(world.below(Integer.MAX_VALUE), "")).id();
      mine += id.equals("e03") ? 1 : 0;
      open.add(id);
      if (open.size() > 400) {
        // Whoever has them, in no order: the slow end as late as the fast.
        String done = open.remove(world.below(open.size()));
        pool.done(done, Outcome.OK, 1_000_000);
      }
    }
    open.forEach(id -> pool.done(id, Outcome.OK, 1_000_000));
    assertThat(pool.stats().inFlight()).as(balancer.toString()).isZero();
    return mine / (double) calls;
  }

  @Test
  void oneThatFailsFiveTimesInARowIsEjectedAndTriedAgain() {
    RoundRobin balancer = new RoundRobin();
    Pool pool = world.pool(balancer, World.endpoints(4));
    fail(pool, "e01", 4);
    pool.record("e01", Outcome.OK, 1);
    fail(pool, "e01", 4);
    assertThat(World.of(pool, "e01").state()).isEqualTo(EndpointState.UP);
    fail(pool, "e01", 1);
    assertThat(World.of(pool, "e01").state()).isEqualTo(EndpointState.EJECTED);
    assertThat(World.of(pool, "e01").why()).contains("5 calls in a row failed.");
    assertThat(World.of(pool, "e01").backIn()).contains(5L);
    assertThat(world.picks(pool, Ask.ANY, 300)).doesNotContainKey("e01");
    world.pass(Duration.ofMillis(4900));
    assertThat(world.picks(pool, Ask.ANY, 300)).doesNotContainKey("e01");
    world.pass(Duration.ofMillis(200));
    assertThat(World.of(pool, "e01").state()).isEqualTo(EndpointState.WARMING);
    assertThat(world.picks(pool, Ask.ANY, 300)).containsKey("e01");
    assertThat(world.count("balancer.ejected")).isOne();
    assertThat(world.count("balancer.returned")).isOne();
  }

  @Test
  void lateCallsAreFailuresAndCancelledOnesAreNot() {
    Pool pool = world.pool(new RoundRobin(), World.endpoints(4));
    for (int i = 0; i < 20; i++) {
      pool.record("e00", Outcome.CANCELLED, 1);
      pool.record("e01", Outcome.LATE, 1);
    }
    assertThat(World.of(pool, "e00").state()).isEqualTo(EndpointState.UP);
    assertThat(World.of(pool, "e01").state()).isEqualTo(EndpointState.EJECTED);
  }

  @Test
  void oneOfWhichHalfTheCallsFailIsEjectedAtTheEndOfTheWindow() {
    Pool pool = world.pool(new RoundRobin(), World.endpoints(4));
    for (int i = 0; i < 30; i++) {
      pool.record("e02", i % 2 == 0 ? Outcome.FAILED : Outcome.OK, 1);
      pool.record("e03", i % 3 == 0 ? Outcome.FAILED : Outcome.OK, 1);
    }
    assertThat(World.of(pool, "e02").state()).isEqualTo(EndpointState.UP);
    world.pass(Duration.ofSeconds(10));
    assertThat(World.of(pool, "e02").state()).isEqualTo(EndpointState.EJECTED);
    assertThat(World.of(pool, "e02").why()).contains("50 % of its 30 calls failed in 10 s.");
    assertThat(World.of(pool, "e03").state()).isEqualTo(EndpointState.UP);
  }

  @Test
  void oneThatFlapsStaysAwayTwiceAsLongEachTimeUpToTheLongest() {
    Pool pool = world.pool(new RoundRobin(), World.endpoints(4));
    long[] expected = {5, 10, 20, 40, 80, 160, 300, 300};
    for (long seconds : expected) {
      fail(pool, "e01", 5);
      assertThat(World.of(pool, "e01").backIn()).contains(seconds);
      world.pass(Duration.ofSeconds(seconds).plusMillis(200));
      assertThat(World.of(pool, "e01").state()).isNotEqualTo(EndpointState.EJECTED);
    }
  }

  @Test
  void flappingForTenMinutesCostsFewCalls() {
    Pool pool = world.pool(new RoundRobin(), World.endpoints(10));
    int failed = 0;
    int calls = 0;
    // Fails whenever it is called, for ten minutes at fifty calls a second.
    for (int i = 0; i < 30_000; i++) {
      String id = pool.pick(Ask.ANY).id();
      boolean bad = id.equals("e04");
      pool.done(id, bad ? Outcome.FAILED : Outcome.OK, 1_000_000);
      failed += bad ? 1 : 0;
      calls++;
      world.pass(Duration.ofMillis(20));
    }
    // Without ejection it would be a tenth; it comes back seven times for five calls.
    assertThat(failed).isLessThanOrEqualTo(40);
    assertThat(calls).isEqualTo(30_000);
  }

  @Test
  void quietTimesAreForgiven() {
    Pool pool = world.pool(new RoundRobin(), World.endpoints(4));
    fail(pool, "e01", 5);
    world.pass(Duration.ofSeconds(6));
    fail(pool, "e01", 5);
    assertThat(World.of(pool, "e01").ejections()).isEqualTo(2);
    world.pass(Duration.ofMinutes(2));
    assertThat(World.of(pool, "e01").ejections()).isZero();
    fail(pool, "e01", 5);
    assertThat(World.of(pool, "e01").backIn()).contains(5L);
  }

  @Test
  void onlyHalfAreEjectedAtOnceHoweverManyFail() {
    Pool pool = world.pool(new RoundRobin(), World.endpoints(7));
    World.endpoints(7).forEach(e -> fail(pool, e.id(), 50));
    assertThat(pool.stats().available()).isEqualTo(4);
    assertThat(world.count("balancer.ejected")).isEqualTo(3);
  }

  @Test
  void theOnlyOneIsNeverEjected() {
    Pool pool = world.pool(new PeakEwma(), World.endpoints(1));
    fail(pool, "e00", 500);
    assertThat(pool.pick(Ask.ANY).id()).isEqualTo("e00");
  }

  @ParameterizedTest
  @MethodSource("all")
  void whenFewAreWellAllAreCalledUntilEnoughAreWellAgain(Balancer balancer) {
    Pool pool = world.pool(balancer, World.endpoints(10));
    for (int i = 0; i < 5; i++) {
      pool.health("e0" + i, false, "no answer");
    }
    assertThat(pool.stats().panic()).isFalse();
    assertThat(pool.stats().available()).isEqualTo(5);
    pool.health("e05", false, "no answer");
    assertThat(pool.stats().panic()).isTrue();
    assertThat(pool.stats().available()).isEqualTo(10);
    assertThat(world.events)
        .contains("balancer.panic p Only 4 of 10 endpoints are well; all are called.");
    pool.health("e05", true, "");
    assertThat(pool.stats().panic()).isFalse();
    assertThat(world.count("balancer.calm")).isOne();
    for (int i = 0; i < 200; i++) {
      assertThat(pool.pick(new Ask(world.below(1000), "")).id()).isGreaterThanOrEqualTo("e05");
    }
  }

  @Test
  void oneThatDrainsGetsNoCallsAndSaysWhenItHasRunOut() {
    Pool pool = world.pool(new RoundRobin(), World.endpoints(3));
    for (int i = 0; i < 3; i++) {
      pool.pick(Ask.ANY);
    }
    pool.drain("e01", true);
    assertThat(world.picks(pool, Ask.ANY, 100)).doesNotContainKey("e01");
    world.pass(Duration.ofSeconds(1));
    assertThat(World.of(pool, "e01").why()).contains("1 calls are still under way.");
    assertThat(world.count("balancer.drained")).isZero();
    pool.done("e01", Outcome.OK, 1);
    world.pass(Duration.ofSeconds(1));
    assertThat(world.count("balancer.drained")).isOne();
    pool.drain("e01", false);
    assertThat(World.of(pool, "e01").state()).isEqualTo(EndpointState.WARMING);
  }

  @Test
  void drainingNobodyCountsAsPanicOrEjectsOthers() {
    Pool pool = world.pool(new RoundRobin(), World.endpoints(3));
    pool.drain("e00", true);
    pool.drain("e01", true);
    assertThat(pool.stats().panic()).isFalse();
    assertThat(world.picks(pool, Ask.ANY, 50)).containsOnlyKeys("e02");
    pool.drain("e02", true);
    assertThatThrownBy(() -> pool.pick(Ask.ANY))
        .hasMessage("The pool p has nobody who may be called.");
    assertThat(pool.canExecute(Ask.ANY).can()).isFalse();
  }

  @Test
  void oneThatGoesAndComesBackIsStillEjected() {
    RoundRobin balancer = new RoundRobin();
    Pool pool = world.pool(balancer, World.endpoints(4));
    fail(pool, "e03", 5);
    set(pool, balancer, 3);
    set(pool, balancer, 4);
    assertThat(World.of(pool, "e03").state()).isEqualTo(EndpointState.EJECTED);
  }

  @Test
  void callsToOneThatWentStillEnd() {
    RoundRobin balancer = new RoundRobin();
    Pool pool = world.pool(balancer, World.endpoints(4));
    for (int i = 0; i < 8; i++) {
      pool.pick(Ask.ANY);
    }
    set(pool, balancer, 3);
    pool.done("e03", Outcome.OK, 1);
    set(pool, balancer, 4);
    assertThat(World.of(pool, "e03").inFlight()).isEqualTo(1);
    pool.done("e03", Outcome.OK, 1);
    pool.done("e03", Outcome.OK, 1);
    assertThat(World.of(pool, "e03").inFlight()).isZero();
  }

  @Test
  void canExecuteCountsNothing() {
    Pool pool = world.pool(new LeastConnections(), World.endpoints(3));
    assertThat(pool.canExecute(Ask.ANY).endpoint()).isPresent();
    assertThat(pool.stats().calls()).isZero();
    assertThat(pool.stats().endpoints()).extracting(EndpointStats::inFlight).containsOnly(0);
  }

  @Test
  void anAlgorithmThatFailsCostsNoCallAndIsTold() {
    Balancer broken =
        new Balancer() {
          @Override
          public int pick(Candidates candidates, Ask ask) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void ended(
              Candidates candidates, Candidate candidate, Outcome outcome, long took) {
            throw new IllegalStateException("broken too");
          }

          @Override
          public int[] prepare(Candidates candidates) {
            throw new IllegalStateException("broken as well");
          }
        };
    Pool pool = world.pool(broken, World.endpoints(3));
    assertThat(world.picks(pool, Ask.ANY, 9).values()).containsOnly(3);
    assertThat(world.count("balancer.algorithm_failed")).isOne();
    Pool beyond = world.pool((candidates, ask) -> 99, World.endpoints(3));
    assertThat(world.picks(beyond, Ask.ANY, 9).values()).containsOnly(3);
  }

  private static void fail(Pool pool, String id, int times) {
    for (int i = 0; i < times; i++) {
      pool.record(id, Outcome.FAILED, 1_000_000);
    }
  }

  private static void set(Pool pool, Balancer balancer, int count) {
    List<Endpoint> endpoints = World.endpoints(count);
    PoolSpec spec = pool.spec();
    pool.set(
        new PoolSpec(spec.name(), spec.algorithm(), spec.settings(), endpoints),
        balancer,
        Set.of());
  }
}
