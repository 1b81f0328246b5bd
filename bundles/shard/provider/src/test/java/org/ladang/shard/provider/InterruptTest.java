package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Expect;
import org.ladang.shard.ShardInfo;

/** The gate interrupts a call at its deadline; the calls of others must not notice. */
class InterruptTest extends ClusterTest {
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicBoolean stop = new AtomicBoolean();

  @Test
  @Timeout(60)
  void anInterruptedCallTakesTheShardFromNobody() throws InterruptedException {
    shards().declare(PLANTS);
    List<Thread> victims = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      String owner = "victim-" + t;
      Thread victim = new Thread(() -> readAndWrite(owner), owner);
      victim.start();
      victims.add(victim);
    }

    Map<String, Long> acknowledged = new HashMap<>();
    for (int n = 0; n < 1_500; n++) {
      String id = "p" + n % 300;
      Map<String, Object> fields = Map.of("height", n, "text", "x".repeat(2_000));
      long version = shards().put("plants", "calm", id, fields, Expect.any()).version();
      assertThat(shards().get("plants", "calm", id).orElseThrow().version()).isEqualTo(version);
      acknowledged.put(id, version);
      victims.get(n % victims.size()).interrupt();
    }
    stop.set(true);
    for (Thread victim : victims) {
      victim.join(20_000);
      assertThat(victim.isAlive()).isFalse();
    }

    assertThat(failures.get()).isPositive();
    assertThat(events.recent("shard.lost", 10)).isEmpty();
    assertThat(shards().shards()).allMatch(s -> s.state() == ShardInfo.State.OK);
    reopen();
    acknowledged.forEach(
        (id, version) ->
            assertThat(shards().get("plants", "calm", id).orElseThrow().version())
                .isEqualTo(version));
  }

  private void readAndWrite(String owner) {
    for (int n = 0; !stop.get(); n++) {
      String id = "p" + n % 200;
      try {
        shards().put("plants", owner, id, Map.of("text", "x".repeat(2_000)), Expect.any());
        shards().get("plants", owner, id);
        shards().countBy("plants", "kind");
      } catch (LadangException e) {
        failures.incrementAndGet();
      }
      // Clears the interrupt: the next call is a new one.
      Thread.interrupted();
    }
  }
}
