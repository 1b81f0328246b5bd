package org.ladang.balancer.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancer;
import org.ladang.balancer.EndpointState;
import org.ladang.balancer.EndpointStats;
import org.ladang.balancer.Outcome;
import org.ladang.balancer.PoolSpec;
import org.ladang.balancer.PoolStats;

/** What passes from one provider of the room to the next, on a clock that the test drives. */
class LedgerTest {
  private final World world = World.any();
  private final World counts = new World(1);

  private BalancerRoom room(String process) {
    BalancerRoom room =
        new BalancerRoom(
            world, world, world, world, new Wishes(world), new Ledger(counts, world, process));
    room.bindAlgorithm(new RoundRobin(), Map.of(Balancer.NAME, RoundRobin.NAMED));
    room.set(PoolSpec.of("p", World.endpoints(3)).with(RoundRobin.NAMED));
    return room;
  }

  private static void call(BalancerRoom room, int times) {
    for (int i = 0; i < times; i++) {
      room.done("p", room.pick("p", Ask.ANY).id(), Outcome.OK, 1_000);
    }
  }

  private static EndpointStats of(BalancerRoom room, String id) {
    return room.stats("p").endpoints().stream()
        .filter(stats -> stats.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theNextProviderGoesOnCounting() {
    BalancerRoom former = room("1");
    call(former, 30);
    world.nanos += Duration.ofSeconds(11).toNanos();
    former.tick();
    call(former, 6);

    // It begins beside the former one, which serves on for a while.
    BalancerRoom next = room("1");
    assertThat(next.stats("p").calls()).isEqualTo(30);
    call(next, 10);
    call(former, 5);
    former.stop();
    next.tick();
    PoolStats stats = next.stats("p");
    assertThat(stats.calls()).isEqualTo(30 + 6 + 10 + 5);
    assertThat(stats.endpoints()).allMatch(e -> e.meanMillis() == 0.001);

    // Once only.
    next.tick();
    assertThat(next.stats("p").calls()).isEqualTo(51);
    next.stop();
    assertThat(room("1").stats("p").calls()).isEqualTo(51);
  }

  @Test
  void whoIsEjectedStaysEjectedForTheRestOfTheTime() {
    BalancerRoom former = room("1");
    for (int i = 0; i < 5; i++) {
      former.record("p", "e01", Outcome.FAILED, 1_000);
    }
    former.health("p", "e02", false, "It does not answer.");
    former.tick();
    world.nanos += Duration.ofSeconds(3).toNanos();

    BalancerRoom next = room("1");
    former.stop();
    assertThat(of(next, "e01").state()).isEqualTo(EndpointState.EJECTED);
    assertThat(of(next, "e01").why()).contains("5 calls in a row failed.");
    assertThat(of(next, "e02").state()).isEqualTo(EndpointState.DOWN);
    world.nanos += Duration.ofSeconds(1).toNanos();
    next.tick();
    assertThat(of(next, "e01").state()).isEqualTo(EndpointState.EJECTED);
    world.nanos += Duration.ofMillis(1_200).toNanos();
    next.tick();
    assertThat(of(next, "e01").state()).isEqualTo(EndpointState.WARMING);
    // The next time is twice as long: it is known how often it was.
    assertThat(of(next, "e01").ejections()).isEqualTo(1);
  }

  @Test
  void afterARestartEverybodyBeginsAnew() {
    BalancerRoom former = room("1");
    call(former, 30);
    former.stop();
    BalancerRoom next = room("2");
    assertThat(next.stats("p").calls()).isZero();
    next.stop();
    assertThat(counts.all()).hasSize(1);
  }

  @Test
  void nothingIsWrittenWhileNothingHappens() {
    BalancerRoom room = room("1");
    call(room, 3);
    world.nanos += Duration.ofSeconds(11).toNanos();
    room.tick();
    Map<String, Object> written = counts.all();
    world.nanos += Duration.ofSeconds(11).toNanos();
    room.tick();
    assertThat(counts.all()).isEqualTo(written);
  }
}
