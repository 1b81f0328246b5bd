package org.ladang.bench.balance;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancers;
import org.ladang.balancer.Endpoint;
import org.ladang.balancer.LoadReport;
import org.ladang.balancer.Outcome;
import org.ladang.balancer.PoolSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.osgi.framework.InvalidSyntaxException;

/**
 * A pick among 64 endpoints by the service itself, and the same with the word that the call has ended. Beside them what
 * measuring costs: sampled times hold two readings of the clock.
 */
@BenchmarkMode({Mode.SampleTime, Mode.AverageTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class BalancerBenchmark {
  private static final int ENDPOINTS = 64;
  private static final int KEYS = 1024;
  private static final long MILLI = 1_000_000;

  /** The algorithm. */
  @Param({
    "round-robin",
    "smooth-weighted",
    "least-connections",
    "resource-based",
    "peak-ewma",
    "consistent-hash",
    "geographic"
  })
  public String algorithm;

  private Balancers balancers;
  private final Ask[] asks = new Ask[KEYS];
  private int next;

  /** Makes the pool, with everything that algorithms look at. */
  @Setup
  public void prepare(Rooms rooms) throws InvalidSyntaxException {
    balancers = rooms.raw(Balancers.class);
    List<Endpoint> endpoints =
        IntStream.range(0, ENDPOINTS)
            .mapToObj(i -> new Endpoint("e" + i, "", "id/zone-" + i % 4, 1 + i % 3))
            .toList();
    balancers.set(PoolSpec.of("bench", endpoints).with(algorithm));
    for (int i = 0; i < ENDPOINTS; i++) {
      balancers.report("bench", "e" + i, new LoadReport(i / 64.0, 0.5, 0.1));
      balancers.record("bench", "e" + i, Outcome.OK, MILLI);
    }
    for (int i = 0; i < KEYS; i++) {
      asks[i] = new Ask(Ask.mixed(i), "id/zone-" + i % 4);
    }
  }

  private Ask ask() {
    next = next + 1 & KEYS - 1;
    return asks[next];
  }

  /** Only the pick; calls under way pile up, on all alike. */
  @Benchmark
  public Object pick() {
    return balancers.pick("bench", ask());
  }

  /** The pick, and the word that the call has ended. */
  @Benchmark
  public void pickAndDone() {
    Endpoint endpoint = balancers.pick("bench", ask());
    balancers.done("bench", endpoint.id(), Outcome.OK, MILLI);
  }

  /** What measuring costs. */
  @Benchmark
  public Object nothing() {
    return ask();
  }
}
