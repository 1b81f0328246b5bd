package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random steps against a small model: what was dropped last serves, what was removed is gone, a rollback brings back
 * what served then, a desired set is applied as a whole, and neither a restart nor a kill changes anything. 400 steps, or {@code -Dladang.steps}; the seed is
 * printed, and {@code -Dladang.seed} repeats a run.
 */
class RandomStepsIT {
  private static final List<String> NAMES = List.of("basil", "chive", "dill", "fennel");
  private static final int RESTARTS = 20;

  @TempDir Path folder;

  private final Map<String, Integer> model = new TreeMap<>();
  private final Map<Long, Map<String, Integer>> generations = new TreeMap<>();
  private int version;

  @Test
  void whatServesIsWhatTheModelSays() throws IOException {
    int steps = Integer.getInteger("ladang.steps", 400);
    long seed = Long.getLong("ladang.seed", System.nanoTime());
    System.out.println("RandomStepsIT: " + steps + " steps, -Dladang.seed=" + seed);
    Random random = new Random(seed);
    List<String> told = new ArrayList<>();
    int every = Math.max(1, steps / RESTARTS);
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      ladang.token();
      Bed bed = new Bed(ladang, new Sprouts(folder));
      for (int step = 1; step <= steps; step++) {
        long before = present(ladang);
        String what = step % every == 0 ? restart(ladang, random) : step(ladang, bed, random);
        told.add(what);
        String when =
            "step "
                + step
                + " of seed "
                + seed
                + " after "
                + told.subList(Math.max(0, step - 8), step);
        bed.await(when, NAMES, model);
        if (what.matches("(drop|replace|remove) .*")) {
          // It serves a little before the generation that names it is written.
          Ladang.await("a generation, " + when, Ladang.START, () -> present(ladang) > before);
        }
        for (String name : NAMES) {
          assertThat(Files.exists(bed.file(name)))
              .as("file of %s, %s", name, when)
              .isEqualTo(model.containsKey(name));
        }
        generations.put(present(ladang), new TreeMap<>(model));
      }
    }
  }

  private String restart(Ladang ladang, Random random) {
    if (random.nextBoolean()) {
      ladang.kill9();
      ladang.start();
      return "kill";
    }
    ladang.stop();
    ladang.start();
    return "restart";
  }

  private String step(Ladang ladang, Bed bed, Random random) throws IOException {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    int choice = random.nextInt(10);
    if (choice < 2 && model.containsKey(name)) {
      bed.remove(name);
      model.remove(name);
      return "remove " + name;
    }
    if (choice < 4) {
      return rollback(ladang, random);
    }
    if (choice < 5) {
      return apply(ladang, bed, random);
    }
    // Now and then an older version than the one that runs: the last dropped wins.
    int next = random.nextInt(5) == 0 && version > 1 ? 1 + random.nextInt(version) : ++version;
    if (Integer.valueOf(next).equals(model.get(name))) {
      next = ++version;
    }
    boolean replaces = model.put(name, next) != null;
    bed.drop(name, next);
    return (replaces ? "replace " : "drop ") + name + " " + next;
  }

  /** Two of them in new versions; with pruning, the others go. */
  private String apply(Ladang ladang, Bed bed, Random random) throws IOException {
    boolean prune = random.nextBoolean();
    List<String> two = new ArrayList<>(NAMES);
    Collections.shuffle(two, random);
    two = two.subList(0, 2);
    List<String> bundles = new ArrayList<>();
    if (prune) {
      model.clear();
    }
    for (String name : two) {
      int next = ++version;
      model.put(name, next);
      bundles.add(DesiredSets.bundle(name, next + ".0.0", bed.jar(name, next)));
    }
    Path set = DesiredSets.write(folder.resolve("field.json"), prune, bundles);
    var answer = ladang.http("POST", "/api/v1/actions/deploy/apply", "{\"file\":\"" + set + "\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return "apply " + two + (prune ? " alone" : "");
  }

  private String rollback(Ladang ladang, Random random) {
    List<Long> kept = new ArrayList<>(numbers(ladang));
    long present = present(ladang);
    kept.remove(present);
    kept.retainAll(generations.keySet());
    if (kept.isEmpty()) {
      return "nothing to go back to";
    }
    long to = kept.get(random.nextInt(kept.size()));
    var answer =
        ladang.http("POST", "/api/v1/actions/deploy/rollback", "{\"generation\":" + to + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    model.clear();
    model.putAll(generations.get(to));
    return "rollback " + to;
  }

  private static List<Long> numbers(Ladang ladang) {
    return kept(ladang).stream().map(g -> ((Number) g.get("number")).longValue()).toList();
  }

  private static long present(Ladang ladang) {
    return kept(ladang).stream()
        .filter(g -> Boolean.TRUE.equals(g.get("present")))
        .map(g -> ((Number) g.get("number")).longValue())
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> kept(Ladang ladang) {
    var answer = ladang.http("POST", "/api/v1/actions/deploy/generations", "{}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try {
      return (List<Map<String, Object>>) JSON.std.anyFrom(answer.body());
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }
}
