package org.ladang.balancer.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancer;
import org.ladang.balancer.Outcome;

/**
 * Many of a pool are down, on a clock that the test drives: from half of them on all are called, so that those that are
 * left do not break down under the calls of the others. And endpoints that go while calls to them are under way.
 */
class SickFieldTest {
  private static final int ENDPOINTS = 10;
  private static final int CALLS = 40_000;

  private final World world = World.any();

  static List<Balancer> all() {
    return PoolTest.all();
  }

  /** The largest share of all calls that one endpoint gets. */
  private double largestShare(Pool pool) {
    Map<String, Integer> picks = new java.util.HashMap<>();
    for (int i = 0; i < CALLS; i++) {
      String id = pool.pick(new Ask(Ask.mixed(i), "")).id();
      picks.merge(id, 1, Integer::sum);
      pool.done(id, Outcome.CANCELLED, 0);
    }
    return picks.values().stream().mapToInt(n -> n).max().orElse(0) / (double) CALLS;
  }

  @ParameterizedTest
  @MethodSource("all")
  void whoIsLeftNeverGetsMoreThanTwiceItsShare(Balancer balancer) {
    Pool pool = world.pool(balancer, World.endpoints(ENDPOINTS));
    double fair = 1.0 / ENDPOINTS;
    for (int down = 0; down < ENDPOINTS; down++) {
      double share = largestShare(pool);
      assertThat(share).as("%d down", down).isLessThan(2 * fair * 1.25);
      assertThat(pool.stats().panic()).as("%d down", down).isEqualTo(down > ENDPOINTS / 2);
      pool.health(String.format("e%02d", down), false, "It does not answer.");
      world.pass(Duration.ofMillis(400));
    }
    assertThat(world.count("balancer.panic")).isEqualTo(1);
    for (int up = 0; up < ENDPOINTS; up++) {
      pool.health(String.format("e%02d", up), true, "");
    }
    world.pass(Duration.ofSeconds(11));
    assertThat(pool.stats().panic()).isFalse();
    assertThat(world.count("balancer.calm")).isEqualTo(1);
    assertThat(largestShare(pool)).isLessThan(fair * 1.5);
  }

  @ParameterizedTest
  @MethodSource("all")
  void callsToOneThatWasRemovedEndAndAreCounted(Balancer balancer) {
    Pool pool = world.pool(balancer, World.endpoints(4));
    List<String> open = new java.util.ArrayList<>();
    Set<String> called = new HashSet<>();
    for (int i = 0; i < 400; i++) {
      String id = pool.pick(new Ask(Ask.mixed(i), "")).id();
      open.add(id);
      called.add(id);
    }
    assertThat(called).hasSize(4);
    long toTheLast = open.stream().filter("e03"::equals).count();
    set(pool, balancer, 3);
    // New calls go elsewhere, those under way end.
    for (int i = 0; i < 400; i++) {
      String id = pool.pick(new Ask(Ask.mixed(i), "")).id();
      assertThat(id).isNotEqualTo("e03");
      open.add(id);
    }
    open.forEach(id -> pool.done(id, Outcome.OK, 1_000_000));
    assertThat(pool.stats().inFlight()).isZero();
    set(pool, balancer, 4);
    assertThat(World.of(pool, "e03").calls()).isEqualTo(toTheLast);
    assertThat(World.of(pool, "e03").inFlight()).isZero();
    assertThat(pool.stats().calls()).isEqualTo(800);
  }

  /** Its last calls, before it was known to be down, took as long as callers wait. */
  @ParameterizedTest
  @MethodSource("all")
  void oneThatIsUpAgainIsCalledAgain(Balancer balancer) {
    Pool pool = world.pool(balancer, World.endpoints(3));
    for (int i = 0; i < 300; i++) {
      String id = pool.pick(new Ask(Ask.mixed(i), "")).id();
      pool.done(id, Outcome.OK, 2_000_000);
    }
    for (int i = 0; i < 3; i++) {
      pool.record("e01", Outcome.LATE, 1_000_000_000);
    }
    pool.health("e01", false, "It does not answer.");
    world.pass(Duration.ofSeconds(3));
    pool.health("e01", true, "");
    world.pass(Duration.ofSeconds(11));
    long before = World.of(pool, "e01").calls();
    for (int i = 0; i < 2_000; i++) {
      String id = pool.pick(new Ask(Ask.mixed(i), "")).id();
      pool.done(id, Outcome.OK, 2_000_000);
    }
    assertThat(World.of(pool, "e01").calls() - before).isGreaterThan(300);
  }

  private static void set(Pool pool, Balancer balancer, int count) {
    pool.set(
        new org.ladang.balancer.PoolSpec(
            "p", "any", org.ladang.balancer.PoolSettings.USUAL, World.endpoints(count)),
        balancer,
        Set.of());
  }
}
