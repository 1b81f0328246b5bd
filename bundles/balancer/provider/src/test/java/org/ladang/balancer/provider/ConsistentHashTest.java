package org.ladang.balancer.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Endpoint;
import org.ladang.balancer.EndpointStats;
import org.ladang.balancer.Outcome;

/** What consistent hashing with bounded loads promises. */
class ConsistentHashTest {
  private static final int KEYS = 50_000;
  private static final double BOUND = 1.25;

  private final World world = World.any();

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 11, 32, 64, 128})
  void oneEndpointMoreOrLessMovesLittleMoreThanItsPart(int count) {
    List<Endpoint> few = named(count);
    List<Endpoint> more = new ArrayList<>(few);
    more.add(Endpoint.of("added-" + world.below(1 << 30)));
    Ask[] keys = keys();
    String[] before = homes(few, keys);
    String[] after = homes(more, keys);
    int moved = 0;
    int astray = 0;
    for (int i = 0; i < KEYS; i++) {
      if (!before[i].equals(after[i])) {
        moved++;
        astray += after[i].startsWith("added") ? 0 : 1;
      }
    }
    System.err.printf(
        "%d -> %d endpoints: moved %.3f K/N, astray %d%n",
        count, count + 1, moved * (count + 1.0) / KEYS, astray);
    assertThat(moved).isLessThanOrEqualTo((int) (BOUND * KEYS / (count + 1)));
    assertThat(moved).isPositive();
    assertThat(astray).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 11, 64})
  void nobodyHasMoreThanItsBoundUnderWay(int count) {
    Pool pool = world.pool(new ConsistentHash(), named(count));
    for (int calls = 1; calls <= 200 * count; calls++) {
      pool.pick(new Ask(world.below(50), ""));
      if (calls % 97 == 0 || calls == 200 * count) {
        int most =
            pool.stats().endpoints().stream().mapToInt(EndpointStats::inFlight).max().orElse(0);
        assertThat(most).isLessThanOrEqualTo((int) Math.ceil(BOUND * calls / count));
      }
    }
    double mean = 200;
    int most = pool.stats().endpoints().stream().mapToInt(EndpointStats::inFlight).max().orElse(0);
    System.err.printf("%d endpoints, 50 hot keys: peak/mean %.3f%n", count, most / mean);
    assertThat(most / mean).isLessThanOrEqualTo(BOUND);
  }

  @RepeatedTest(3)
  void callsWithTheSameKeyStayTogetherWhileThereIsRoom() {
    Pool pool = world.pool(new ConsistentHash(), named(16));
    for (Ask ask : IntStream.range(0, 500).mapToObj(i -> Ask.withKey("user-" + i)).toList()) {
      assertThat(world.picks(pool, ask, 5)).hasSize(1);
    }
  }

  @RepeatedTest(3)
  void heavyEndpointsHaveMoreOfTheRing() {
    List<Endpoint> endpoints = new ArrayList<>(named(8));
    endpoints.add(new Endpoint("heavy", "", "", 4));
    String[] homes = homes(endpoints, keys());
    long heavy = IntStream.range(0, KEYS).filter(i -> homes[i].equals("heavy")).count();
    assertThat(heavy * 12.0 / KEYS / 4).isBetween(0.85, 1.15);
  }

  private List<Endpoint> named(int count) {
    int salt = world.below(1 << 30);
    return IntStream.range(0, count).mapToObj(i -> Endpoint.of("e" + i + "-" + salt)).toList();
  }

  private Ask[] keys() {
    return IntStream.range(0, KEYS).mapToObj(i -> Ask.withKey("key-" + i)).toArray(Ask[]::new);
  }

  private String[] homes(List<Endpoint> endpoints, Ask[] keys) {
    Pool pool = world.pool(new ConsistentHash(), endpoints);
    String[] homes = new String[keys.length];
    for (int i = 0; i < keys.length; i++) {
      homes[i] = pool.pick(keys[i]).id();
      pool.done(homes[i], Outcome.OK, 1);
    }
    return homes;
  }
}
