package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.Clock;

class IdsTest {
  private static final class Store implements Ids.Reserve {
    private long until;
    private int stores;

    @Override
    public long load() {
      return until;
    }

    @Override
    public void store(long to) {
      until = to;
      stores++;
    }
  }

  private static final class Watch implements Clock {
    private Instant now = Instant.parse("2026-06-01T00:00:00Z");

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public long nanos() {
      return 0;
    }
  }

  /** The clock jumps back and forth and the process restarts at random: ids only grow. */
  @Test
  void idsGrowWhateverTheClockDoes() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      Store store = new Store();
      Watch clock = new Watch();
      Ids ids = new Ids(clock, "node", store);
      long last = 0;
      for (int i = 0; i < 500; i++) {
        int what = random.nextInt(100);
        if (what < 3) {
          clock.now = clock.now.minus(Duration.ofSeconds(random.nextInt(100_000)));
        } else if (what < 20) {
          clock.now = clock.now.plusMillis(random.nextInt(2_000));
        } else if (what < 23) {
          ids = new Ids(clock, "node", store);
        }
        int bucket = random.nextInt(16_384);
        long id = ids.next(bucket);
        assertThat(id).as("seed %d", seed).isGreaterThan(last);
        String text = Ids.text(id);
        assertThat(text).hasSize(13).isGreaterThan(Ids.text(last));
        assertThat(Ids.bucket(text)).as("seed %d", seed).hasValue(bucket);
        last = id;
      }
    }
  }

  @Test
  void idsAreUniqueAtFullSpeedAndTheReserveIsStoredRarely() {
    Store store = new Store();
    Ids ids = new Ids(new Watch(), "node", store);
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      assertThat(seen.add(ids.next(7))).isTrue();
    }
    assertThat(store.stores).isLessThan(5);
  }

  @Test
  void otherTextIsNoId() {
    assertThat(Ids.bucket("client-made")).isEmpty();
    assertThat(Ids.bucket("zzzzzzzzzzzzz")).isEmpty();
    assertThat(Ids.bucket("0000000000u00")).isEmpty();
  }
}
