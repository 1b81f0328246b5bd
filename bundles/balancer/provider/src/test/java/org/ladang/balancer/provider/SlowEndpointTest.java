package org.ladang.balancer.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancer;
import org.ladang.balancer.Outcome;
import org.ladang.balancer.PoolSettings;

/**
 * The experiment that the makers of Linkerd and Finagle published: eleven endpoints, 1,000 calls a second, one of them
 * answers in two seconds for half a minute, and a caller waits one second. On a virtual clock, with twenty seeds; ejection
 * and slow start are off, so that only the algorithm is seen. {@code -Dseed=N} begins with another seed.
 */
class SlowEndpointTest {
  private static final int SEEDS = 20;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long LIMIT = SECOND;
  private static final String SLOW = "e05";

  private static final PoolSettings BARE =
      new PoolSettings(
          Duration.ZERO,
          0,
          2,
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          0.5,
          0,
          Duration.ofSeconds(10));

  private record Call(String endpoint, long begun, long ends) {}

  @Test
  void roundRobinFailsTheSlowEndpointsShare() {
    assertThat(answered(new RoundRobin())).isCloseTo(0.955, within(0.005));
  }

  @Test
  void leastConnectionsAnswersNinetyNinePercent() {
    assertThat(answered(new LeastConnections())).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void peakEwmaAnswersAllButOneInAThousand() {
    assertThat(answered(new PeakEwma())).isGreaterThanOrEqualTo(0.999);
  }

  /** The smallest share of calls that were answered in time, over all seeds. */
  private static double answered(Balancer balancer) {
    long first = Long.getLong("seed", 1);
    double least = 1;
    for (long seed = first; seed < first + SEEDS; seed++) {
      least = Math.min(least, minute(balancer, new World(seed)));
    }
    System.err.printf(
        "SlowEndpointTest: %s answered %.3f %% at least, seeds %d to %d%n",
        balancer.getClass().getSimpleName(), least * 100, first, first + SEEDS - 1);
    return least;
  }

  private static double minute(Balancer balancer, World world) {
    Pool pool = world.pool(balancer, BARE, World.endpoints(11));
    PriorityQueue<Call> open = new PriorityQueue<>(Comparator.comparingLong(Call::ends));
    long begin = world.nanos();
    long calls = 0;
    long late = 0;
    long next = begin;
    while (next - begin < 60 * SECOND) {
      late += end(pool, world, open, next);
      world.nanos = next;
      String endpoint = pool.pick(Ask.ANY).id();
      long since = next - begin;
      boolean slow = endpoint.equals(SLOW) && since >= 15 * SECOND && since < 45 * SECOND;
      long took = slow ? 2 * SECOND : (long) ((5 + 10 * world.real()) * MILLI);
      open.add(new Call(endpoint, next, next + Math.min(took, LIMIT)));
      calls++;
      // Callers do not wait for each other: the time to the next one is exponential.
      next += (long) (-Math.log(1 - world.real()) * MILLI);
    }
    late += end(pool, world, open, Long.MAX_VALUE);
    return 1 - (double) late / calls;
  }

  /** Ends what ends before a moment; returns how many were given up. */
  private static int end(Pool pool, World world, PriorityQueue<Call> open, long before) {
    int late = 0;
    while (!open.isEmpty() && open.peek().ends() <= before) {
      Call call = open.poll();
      world.nanos = call.ends();
      long took = call.ends() - call.begun();
      boolean inTime = took < LIMIT;
      late += inTime ? 0 : 1;
      pool.done(call.endpoint(), inTime ? Outcome.OK : Outcome.LATE, took);
    }
    return late;
  }
}
