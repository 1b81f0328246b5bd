package org.ladang.balancer.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancer;
import org.ladang.balancer.Endpoint;
import org.ladang.balancer.Outcome;
import org.ladang.balancer.PoolSettings;
import org.ladang.balancer.PoolSpec;
import org.ladang.balancer.PoolStats;
import org.ladang.kernel.Clock;

/** Callers on several threads, while endpoints come, go, drain, fail and are ejected: no call is lost count of. */
@Timeout(60)
class PoolStressTest {
  private static final int CALLS = 20_000;
  private static final int CALLERS = 4;

  private final World world = World.any();

  static List<Balancer> all() {
    return PoolTest.all();
  }

  /** The tests' own clock is for one thread. */
  private static final Clock REAL =
      new Clock() {
        @Override
        public java.time.Instant now() {
          return java.time.Instant.now();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  @ParameterizedTest
  @MethodSource("all")
  void everyPickFindsSomebodyAndEveryCallEnds(Balancer balancer) throws Exception {
    Pool pool =
        new Pool(
            spec(8),
            balancer,
            Set.of(),
            REAL,
            bound -> ThreadLocalRandom.current().nextInt(bound),
            new Quiet(world));
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong picked = new AtomicLong();
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> callers =
        IntStream.range(0, CALLERS)
            .mapToObj(i -> new Thread(() -> call(pool, picked, failures)))
            .toList();
    Thread changer = new Thread(() -> change(pool, balancer, over, failures));
    callers.forEach(Thread::start);
    changer.start();
    for (Thread caller : callers) {
      caller.join();
    }
    over.set(true);
    changer.join();

    assertThat(failures).isEmpty();
    assertThat(picked).hasValue((long) CALLS * CALLERS);
    pool.set(spec(8), balancer, Set.of());
    PoolStats stats = pool.stats();
    assertThat(stats.inFlight()).isZero();
    assertThat(stats.endpoints()).hasSize(8);
  }

  private static PoolSpec spec(int endpoints) {
    List<Endpoint> all = World.endpoints(endpoints);
    return new PoolSpec("p", "any", PoolSettings.USUAL, all);
  }

  private static void call(
      Pool pool, AtomicLong picked, ConcurrentLinkedQueue<Throwable> failures) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    try {
      for (int i = 0; i < CALLS; i++) {
        String id = pool.pick(new Ask(random.nextInt(Integer.MAX_VALUE), "")).id();
        picked.incrementAndGet();
        pool.done(id, random.nextInt(10) == 0 ? Outcome.FAILED : Outcome.OK, random.nextInt(9_999));
      }
    } catch (Throwable e) {
      failures.add(e);
    }
  }

  /** Never fewer than four are there, and one at most is drained: somebody may always be called. */
  private static void change(
      Pool pool, Balancer balancer, AtomicBoolean over, ConcurrentLinkedQueue<Throwable> failures) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    try {
      while (!over.get()) {
        pool.set(spec(4 + random.nextInt(9)), balancer, Set.of());
        pool.drain("e01", true);
        pool.tick();
        pool.health("e02", false, "It does not answer.");
        pool.tick();
        pool.health("e02", true, "");
        pool.drain("e01", false);
        pool.stats();
      }
    } catch (Throwable e) {
      failures.add(e);
    }
  }
}
