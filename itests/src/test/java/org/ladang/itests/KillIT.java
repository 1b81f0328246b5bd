package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process while plugins are dropped, replaced and removed: 20 times, or {@code -Dladang.kill.rounds}. The
 * seed is printed; {@code -Dladang.seed} repeats a run.
 */
class KillIT {
  private static final List<String> NAMES = List.of("basil", "chive", "dill");

  @TempDir Path folder;

  @Test
  void whatIsKilledInADeploymentIsTheOldOrTheNewAfterwards() throws IOException {
    int rounds = Integer.getInteger("ladang.kill.rounds", 20);
    long seed = Long.getLong("ladang.seed", System.nanoTime());
    System.out.println("KillIT: " + rounds + " rounds, -Dladang.seed=" + seed);
    Random random = new Random(seed);
    Map<String, Integer> model = new TreeMap<>();
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      ladang.token();
      Bed bed = new Bed(ladang, new Sprouts(folder));
      for (String name : NAMES) {
        bed.drop(name, 1);
        model.put(name, 1);
      }
      bed.await("before the first kill", NAMES, model);
      for (int round = 1; round <= rounds; round++) {
        String when = "round " + round + " of seed " + seed;
        Map<String, Integer> before = new TreeMap<>(model);
        for (String name : some(random)) {
          if (model.containsKey(name) && random.nextInt(4) == 0) {
            bed.remove(name);
            model.remove(name);
          } else {
            int version = model.getOrDefault(name, round) + 1;
            bed.drop(name, version);
            model.put(name, version);
          }
        }
        long end = System.nanoTime() + Duration.ofMillis(random.nextInt(500)).toNanos();
        Ladang.await("the moment", Duration.ofSeconds(5), () -> System.nanoTime() > end);
        ladang.kill9();
        ladang.start();
        for (String name : NAMES) {
          assertThat(bed.serving(name))
              .as("%s right after %s", name, when)
              .isIn(Optional.ofNullable(before.get(name)), Optional.ofNullable(model.get(name)));
        }
        bed.await(when, NAMES, model);
      }
      assertThat(ladang.shell("ladang:status").object()).containsEntry("ready", true);
    }
  }

  private static List<String> some(Random random) {
    List<String> some = new ArrayList<>(NAMES);
    some.removeIf(name -> random.nextBoolean());
    return some.isEmpty() ? List.of(NAMES.get(random.nextInt(NAMES.size()))) : some;
  }
}
