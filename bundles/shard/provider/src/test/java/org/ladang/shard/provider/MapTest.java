package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MapTest {
  private static List<String> names(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add("shard-" + i);
    }
    return names;
  }

  @Test
  void bucketsSpreadEvenlyOverAnyNumberOfShards() {
    for (int count : new int[] {1, 2, 3, 10, 37, 100}) {
      ShardMap map = MapFill.fill(names(count));
      double fair = 16_384.0 / count;
      Set<Integer> seen = new HashSet<>();
      for (String shard : map.shards()) {
        List<Integer> buckets = map.buckets(shard);
        assertThat((double) buckets.size())
            .isBetween(fair - 5 * Math.sqrt(fair), fair + 5 * Math.sqrt(fair));
        buckets.forEach(b -> assertThat(seen.add(b)).isTrue());
      }
      assertThat(seen).hasSize(16_384);
    }
  }

  @Test
  void aShardThatIsAddedTakesItsShareAndNothingElseMoves() {
    ShardMap ten = MapFill.fill(names(10));
    ShardMap eleven = MapFill.fill(names(11));
    int moved = 0;
    for (int bucket = 0; bucket < 16_384; bucket++) {
      if (!ten.shard(bucket).equals(eleven.shard(bucket))) {
        assertThat(eleven.shard(bucket)).isEqualTo("shard-10");
        moved++;
      }
    }
    assertThat(moved).isBetween(1_300, 1_680);
  }

  @Test
  void eachMoveIsANewVersionAndTheEpochOfItsBucketOnly() {
    for (long seed = 1; seed <= 50; seed++) {
      Random random = new Random(seed);
      ShardMap map = MapFill.fill(names(10));
      for (int i = 0; i < 20; i++) {
        int bucket = random.nextInt(16_384);
        String to = "shard-" + random.nextInt(10);
        ShardMap next = map.moved(bucket, to);
        assertThat(next.version()).isEqualTo(map.version() + 1);
        assertThat(next.shard(bucket)).isEqualTo(to);
        assertThat(next.epoch(bucket)).isEqualTo(next.version());
        int other = (bucket + 1 + random.nextInt(16_383)) % 16_384;
        assertThat(next.shard(other)).isEqualTo(map.shard(other));
        assertThat(next.epoch(other)).isEqualTo(map.epoch(other));
        map = next;
      }
    }
  }

  @Test
  void aMapThatIsStoredWholeComesBackAsItWas() {
    ShardMap map = MapFill.fill(names(1_000));
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      map = map.moved(random.nextInt(16_384), "shard-" + random.nextInt(1_000));
    }
    MapBytes back = MapBytes.decode(MapBytes.encode(map));
    for (int bucket = 0; bucket < 16_384; bucket++) {
      assertThat(back.home()[bucket]).isEqualTo(map.home(bucket));
      assertThat(back.epochs()[bucket]).isEqualTo(map.epoch(bucket));
    }
  }
}
