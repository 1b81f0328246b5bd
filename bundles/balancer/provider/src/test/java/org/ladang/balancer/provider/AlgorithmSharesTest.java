package org.ladang.balancer.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Endpoint;
import org.ladang.balancer.LoadReport;
import org.ladang.balancer.Outcome;
import org.ladang.balancer.PoolSpec;

/** Who gets how many calls, for each algorithm. */
class AlgorithmSharesTest {
  private static final int CALLS = 60_000;

  private final World world = World.any();

  @Test
  void roundRobinGivesEverybodyTheSame() {
    Pool pool = world.pool(new RoundRobin(), World.endpoints(7));
    assertThat(world.picks(pool, Ask.ANY, 7000).values()).containsOnly(1000);
  }

  @Test
  void smoothWeightedIsTheSequenceOfNginx() {
    Pool pool =
        world.pool(
            new SmoothWeighted(), List.of(weighing("a", 5), weighing("b", 1), weighing("c", 1)));
    StringBuilder sequence = new StringBuilder();
    for (int i = 0; i < 14; i++) {
      sequence.append(pool.pick(Ask.ANY).id());
    }
    assertThat(sequence).hasToString("aabacaaaabacaa");
  }

  @Test
  void smoothWeightedSharesByWeightAlsoWhereTheSequenceIsTooLong() {
    List<Endpoint> endpoints = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < 40; i++) {
      double weight = 1 + world.below(99_900) / 100.0;
      endpoints.add(weighing("e" + i, weight));
      sum += weight;
    }
    Pool pool = world.pool(new SmoothWeighted(), endpoints);
    Map<String, Integer> picks = world.picks(pool, Ask.ANY, CALLS);
    for (Endpoint endpoint : endpoints) {
      assertThat(picks.get(endpoint.id()) / (double) CALLS)
          .isCloseTo(endpoint.weight() / sum, within(0.0005));
    }
  }

  @Test
  void smoothWeightedNeverGivesTheHeavyOneManyInARow() {
    Pool pool = world.pool(new SmoothWeighted(), List.of(weighing("a", 3), weighing("b", 2)));
    String last = "";
    int row = 0;
    for (int i = 0; i < 100; i++) {
      String id = pool.pick(Ask.ANY).id();
      row = id.equals(last) ? row + 1 : 1;
      last = id;
      assertThat(row).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void leastConnectionsKeepsCallsUnderWayInProportionToWeight() {
    Pool pool =
        world.pool(
            new LeastConnections(), List.of(weighing("a", 1), weighing("b", 2), weighing("c", 3)));
    for (int i = 0; i < 6000; i++) {
      pool.pick(Ask.ANY);
    }
    assertThat(World.of(pool, "a").inFlight()).isCloseTo(1000, within(60));
    assertThat(World.of(pool, "b").inFlight()).isCloseTo(2000, within(60));
    assertThat(World.of(pool, "c").inFlight()).isCloseTo(3000, within(60));
  }

  @Test
  void leastConnectionsOfTwoLeavesTheMostLoadedFarBelowThatOfChance() {
    Pool pool = world.pool(new LeastConnections(), World.endpoints(64));
    for (int i = 0; i < 6400; i++) {
      pool.pick(Ask.ANY);
    }
    // Of one at random the highest of 64 would be about 100 + 2.4 * 10; of two it is log log n /
    // log 2 above the mean.
    assertThat(pool.stats().endpoints().stream().mapToInt(e -> e.inFlight()).max().orElseThrow())
        .isLessThanOrEqualTo(105);
  }

  @Test
  void resourceBasedSharesByWhatIsLeft() {
    Pool pool = world.pool(new ResourceBased(), List.of(Endpoint.of("busy"), Endpoint.of("idle")));
    pool.report("busy", new LoadReport(0.9, 0.9, 0.9));
    pool.report("idle", new LoadReport(0.1, 0.1, 0.1));
    assertThat(share(world.picks(pool, Ask.ANY, CALLS), "idle")).isCloseTo(0.9, within(0.01));
    // CPU weighs 0.5: a loaded processor alone leaves half.
    pool.report("busy", new LoadReport(1, 0, 0));
    pool.report("idle", new LoadReport(0, 0, 0));
    assertThat(share(world.picks(pool, Ask.ANY, CALLS), "idle")).isCloseTo(2 / 3.0, within(0.01));
  }

  @Test
  void resourceBasedBelievesNoOldReport() {
    Pool pool = world.pool(new ResourceBased(), List.of(Endpoint.of("busy"), Endpoint.of("idle")));
    pool.report("busy", new LoadReport(1, 1, 1));
    world.pass(Duration.ofSeconds(11));
    assertThat(share(world.picks(pool, Ask.ANY, CALLS), "idle")).isCloseTo(0.5, within(0.01));
  }

  @Test
  void peakEwmaPrefersTheFastAndStillTriesTheSlow() {
    Pool pool =
        world.pool(
            new PeakEwma(),
            List.of(Endpoint.of("fast"), Endpoint.of("slow"), Endpoint.of("third")));
    Map<String, Long> latency =
        Map.of("fast", 10_000_000L, "third", 10_000_000L, "slow", 50_000_000L);
    // One call after the other: whenever the slow one meets a fast one, the fast one wins.
    Map<String, Integer> picks = serve(pool, latency, 20_000);
    assertThat(share(picks, "slow")).isLessThan(0.02);
    assertThat(share(picks, "fast")).isCloseTo(share(picks, "third"), within(0.05));
    assertThat(picks.get("slow")).isPositive();
  }

  @Test
  void peakEwmaBelievesASlowAnswerAtOnceAndForgetsItInTime() {
    Pool pool = world.pool(new PeakEwma(), List.of(Endpoint.of("a"), Endpoint.of("b")));
    serve(pool, Map.of("a", 10_000_000L, "b", 10_000_000L), 200);
    pool.record("a", Outcome.OK, Duration.ofSeconds(1).toNanos());
    assertThat(serve(pool, Map.of("a", 10_000_000L, "b", 10_000_000L), 100)).doesNotContainKey("a");
    // ln(1 s / 10 ms) = 4.6 times the decay of 10 s.
    world.pass(Duration.ofSeconds(60));
    pool.record("b", Outcome.OK, 10_000_000L);
    assertThat(serve(pool, Map.of("a", 10_000_000L, "b", 10_000_000L), 100)).containsKey("a");
  }

  @Test
  void peakEwmaDoesNotFloodANewcomer() {
    List<Endpoint> old = World.endpoints(4);
    PeakEwma algorithm = new PeakEwma();
    Pool pool = world.pool(algorithm, old);
    Map<String, Long> latency = new HashMap<>();
    old.forEach(e -> latency.put(e.id(), 10_000_000L));
    serve(pool, latency, 400);
    List<Endpoint> more = new ArrayList<>(old);
    more.add(Endpoint.of("new"));
    PoolSpec spec = pool.spec();
    pool.set(
        new PoolSpec(spec.name(), spec.algorithm(), spec.settings(), more), algorithm, Set.of());
    int flood = 0;
    for (int i = 0; i < 200; i++) {
      if (pool.pick(Ask.ANY).id().equals("new")) {
        flood++;
      }
    }
    // Until it has answered, it has one call.
    assertThat(flood).isLessThanOrEqualTo(1);
  }

  @Test
  void peakEwmaIsNotDrawnToWhoFailsFast() {
    Pool pool = world.pool(new PeakEwma(), World.endpoints(4));
    int failed = 0;
    for (int i = 0; i < 10_000; i++) {
      String id = pool.pick(Ask.ANY).id();
      boolean bad = id.equals("e00");
      world.nanos += bad ? 100_000 : 10_000_000;
      pool.done(id, bad ? Outcome.FAILED : Outcome.OK, bad ? 100_000 : 10_000_000);
      failed += bad ? 1 : 0;
    }
    assertThat(failed).isLessThan(200);
  }

  @Test
  void geographicStaysNearAndSpillsOverWhenTheNearZoneIsDown() {
    List<Endpoint> endpoints = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      endpoints.add(new Endpoint("near" + i, "", "id/jakarta/r" + i % 2, 1));
      endpoints.add(new Endpoint("mid" + i, "", "id/bandung/r1", 1));
      endpoints.add(new Endpoint("far" + i, "", "de/berlin/r1", 1));
    }
    Pool pool = world.pool(new Geographic(), endpoints);
    Ask ask = Ask.from("id/jakarta/r0");
    assertThat(world.picks(pool, ask, 1000)).containsOnlyKeys("near0", "near2");
    pool.health("near0", false, "unplugged");
    // One of two is well: 0.5 * 1.4 of the calls stay.
    Map<String, Integer> picks = world.picks(pool, ask, CALLS);
    assertThat(share(picks, "near2")).isCloseTo(0.7, within(0.01));
    assertThat(share(picks, "near1") + share(picks, "near3")).isCloseTo(0.3, within(0.01));
    pool.health("near2", false, "unplugged");
    assertThat(world.picks(pool, ask, 1000)).containsOnlyKeys("near1", "near3");
    pool.health("near1", false, "unplugged");
    pool.health("near3", false, "unplugged");
    assertThat(world.picks(pool, ask, 1000)).containsOnlyKeys("mid0", "mid1", "mid2", "mid3");
  }

  @Test
  void zonesAreNearerTheMoreOfTheirPathTheyShare() {
    assertThat(Geographic.shared("id/jakarta/r1", "id/jakarta/r2")).isEqualTo(2);
    assertThat(Geographic.shared("id/jakarta/r1", "id/jakarta/r10")).isEqualTo(2);
    assertThat(Geographic.shared("id/jakarta", "id/jakarta/r1")).isEqualTo(2);
    assertThat(Geographic.shared("id/jakarta", "id/jambi")).isEqualTo(1);
    assertThat(Geographic.shared("id", "in")).isZero();
    assertThat(Geographic.shared("", "id")).isZero();
    assertThat(Geographic.shared("id", "id")).isEqualTo(Integer.MAX_VALUE);
  }

  /** One call after the other. */
  private Map<String, Integer> serve(Pool pool, Map<String, Long> latency, int calls) {
    Map<String, Integer> picks = new HashMap<>();
    for (int i = 0; i < calls; i++) {
      String id = pool.pick(Ask.ANY).id();
      world.nanos += latency.get(id);
      pool.done(id, Outcome.OK, latency.get(id));
      picks.merge(id, 1, Integer::sum);
    }
    return picks;
  }

  private static double share(Map<String, Integer> picks, String id) {
    double all = picks.values().stream().mapToInt(Integer::intValue).sum();
    return picks.getOrDefault(id, 0) / all;
  }

  private static Endpoint weighing(String id, double weight) {
    return new Endpoint(id, "", "", weight);
  }
}
