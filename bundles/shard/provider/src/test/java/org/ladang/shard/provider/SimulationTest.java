package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Two thousand orders of events, or the one of {@code -Dladang.seed=N} with its story. {@code -Dladang.seeds=N} runs so
 * many.
 */
class SimulationTest {
  @Test
  void whateverHappensInWhateverOrderNothingAcknowledgedIsLost() {
    Long one = Long.getLong("ladang.seed");
    long first = one == null ? Long.getLong("ladang.first.seed", 1) : one;
    long seeds = one == null ? Long.getLong("ladang.seeds", 2_000) : 1;
    long acknowledged = 0;
    long kills = 0;
    for (long seed = first; seed < first + seeds; seed++) {
      Simulation simulation = new Simulation(seed);
      try {
        simulation.run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "Seed "
                + seed
                + " (replay it with -Dladang.seed="
                + seed
                + "):\n"
                + String.join("\n", simulation.story()),
            e);
      }
      acknowledged += simulation.acknowledged();
      kills += simulation.kills();
    }
    // A simulation in which nothing happens proves nothing.
    assertThat(acknowledged).isGreaterThan(10 * seeds);
    assertThat(kills).isGreaterThanOrEqualTo(seeds / 2);
  }
}
