package org.ladang.discovery.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.ladang.balancer.PoolStats;
import org.ladang.discovery.Balanced;
import org.ladang.discovery.Route;
import org.ladang.discovery.provider.World.Greeter;
import org.ladang.discovery.provider.World.Named;

/**
 * Calls from several threads while endpoints come and go. Checked for every single call: it found somebody, and whoever
 * answered was offered at some moment between its begin and its end. At the end no call is lost count of.
 */
@Timeout(60)
class TargetArrayStressTest {
  private static final int CALLERS = 4;
  private static final int CALLS = 20_000;
  private static final int CHANGES = 200;
  private static final int HOUSES = 6;
  private static final long THERE = Long.MAX_VALUE;

  private final Queue<String> broken = new ConcurrentLinkedQueue<>();

  /** Counts comings and goings. */
  private final AtomicLong history = new AtomicLong();

  /** For each endpoint: since which point of the history it has been gone. */
  private final AtomicLongArray gone = new AtomicLongArray(HOUSES);

  @RepeatedTest(3)
  void nobodyIsCalledWhoWasNotThere() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.err.println("seed=" + seed);
    try (RealWorld world = new RealWorld()) {
      Greeter greeter =
          Balanced.of(
              world.room,
              Greeter.class,
              Route.to(Greeter.class.getName()).by(seed % 2 == 0 ? "round-robin" : "peak-ewma"));
      world.room.bindLocal(new Named("always"), World.properties("always"));
      IntStream.range(0, HOUSES).forEach(i -> gone.set(i, 0));
      AtomicBoolean over = new AtomicBoolean();
      Thread changer = new Thread(() -> change(world, new Random(seed), over));
      List<Thread> callers =
          IntStream.range(0, CALLERS).mapToObj(i -> new Thread(() -> call(greeter))).toList();
      changer.start();
      callers.forEach(Thread::start);
      for (Thread caller : callers) {
        caller.join();
      }
      over.set(true);
      changer.join();
      assertThat(broken).isEmpty();
      PoolStats stats =
          world.balancers.stats(
              world.room.info(Greeter.class.getName()).routes().get(0).groups().get(0).pool());
      assertThat(stats.inFlight()).isZero();
      assertThat(history.get()).isGreaterThanOrEqualTo(CHANGES);
    }
  }

  private void call(Greeter greeter) {
    for (int i = 0; i < CALLS || history.get() < CHANGES && broken.isEmpty(); i++) {
      long begun = history.get();
      try {
        String who = greeter.greet("you");
        if (!who.equals("always") && gone.get(Integer.parseInt(who)) <= begun) {
          broken.add(who + " answered, and was gone before the call began");
        }
      } catch (Exception e) {
        broken.add(e.toString());
      }
    }
  }

  private void change(RealWorld world, Random random, AtomicBoolean over) {
    Named[] houses = new Named[HOUSES];
    while (!over.get()) {
      int i = random.nextInt(HOUSES);
      if (houses[i] == null) {
        gone.set(i, THERE);
        houses[i] = new Named(Integer.toString(i));
        world.room.bindLocal(houses[i], World.properties(houses[i].name));
      } else {
        world.room.unbindLocal(houses[i]);
        gone.set(i, history.incrementAndGet());
        houses[i] = null;
      }
    }
  }
}
