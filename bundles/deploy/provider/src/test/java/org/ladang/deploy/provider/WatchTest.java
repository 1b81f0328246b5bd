package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.health.Word;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.CallObserver;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;

class WatchTest {
  private static final String BOTS = "org.test.bots";

  @TempDir Path folder;
  private DeployWorld world;
  private final byte[] one = Jars.plugin("bots", "1.0.0");

  @BeforeEach
  void open() throws IOException {
    world = new DeployWorld(folder);
    world.drop("bots.jar", one);
    world.look();
  }

  private void calls(int good, int failed, int refused) {
    for (int n = 0; n < good + failed + refused; n++) {
      String code = n < good ? "" : n < good + failed ? "LADANG-GATE-006" : "LADANG-BOTS-001";
      CallContext context =
          CallContext.of(Principal.SYSTEM, "test", "t", Instant.EPOCH.plusSeconds(60));
      ActionInfo action =
          new ActionInfo(
              "bots",
              "count",
              "Counts.",
              Role.VIEWER,
              Effect.READ,
              true,
              Duration.ofSeconds(1),
              "",
              Map.of(),
              Map.of(),
              BOTS);
      world.tally.ended(new CallObserver.Call(context, action, Instant.EPOCH, 1, code));
    }
  }

  private void second() {
    world.clock.pass(Duration.ofMillis(1_100));
    world.mail();
  }

  @Test
  void aVersionThatSickensGoesBackWithItsFile() throws IOException {
    world.drop("bots-2.jar", Jars.plugin("bots", "2.0.0"));
    world.look();
    assertThat(world.running()).containsExactly("bots 2.0.0");
    second();
    assertThat(world.running()).containsExactly("bots 2.0.0");

    world.health.words.put(BOTS, Word.UNHEALTHY);
    second();

    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(world.files()).containsExactly("bots.jar");
    assertThat(Files.readAllBytes(world.deploy.resolve("bots.jar"))).isEqualTo(one);
    assertThat(world.failed()).contains("bots-2.jar");
    assertThat(world.reason("bots-2.jar"))
        .startsWith(
            "bots 2.0.0 was rolled back to 1.0.0, because it is unhealthy (Check of org.test.bots: It is so.).")
        .contains("LADANG-DEPLOY-019");
    assertThat(world.last().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(world.listing()).containsOnlyKeys("bots.jar");
    int attempts = world.history.newest(100).size();
    world.settle();
    assertThat(world.history.newest(100)).hasSize(attempts);
  }

  @Test
  void oneFileOfBothVersionsHoldsTheFormerAgain() throws IOException {
    world.drop("bots.jar", Jars.plugin("bots", "2.0.0"));
    world.settle();
    world.health.words.put(BOTS, Word.UNHEALTHY);
    second();

    assertThat(Files.readAllBytes(world.deploy.resolve("bots.jar"))).isEqualTo(one);
    assertThat(world.failed()).contains("bots.jar");
    world.settle();
    assertThat(world.running()).containsExactly("bots 1.0.0");
  }

  @Test
  void aVersionThatFailsMoreCallsGoesBack() {
    calls(95, 5, 0);
    world.drop("bots.jar", Jars.plugin("bots", "2.0.0"));
    world.look();
    calls(10, 9, 0);
    second();
    assertThat(world.running()).as("19 calls say nothing").containsExactly("bots 2.0.0");
    calls(0, 1, 0);
    second();

    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(world.last().sentence())
        .isEqualTo(
            "bots 2.0.0 was rolled back to 1.0.0, because 10 of its 20 calls failed, where its"
                + " former failed 5 of 100.");
  }

  @Test
  void whatAVersionRefusesInItsOwnWordsIsNoFailure() {
    calls(30, 0, 0);
    world.drop("bots.jar", Jars.plugin("bots", "2.0.0"));
    world.look();
    calls(0, 0, 40);
    second();
    assertThat(world.running()).containsExactly("bots 2.0.0");
  }

  @Test
  void aVersionThatIsNoSickerThanItsFormerStays() {
    world.health.words.put(BOTS, Word.UNHEALTHY);
    world.drop("bots.jar", Jars.plugin("bots", "2.0.0"));
    world.look();
    second();
    assertThat(world.running()).containsExactly("bots 2.0.0");
  }

  @Test
  void afterTheWatchAVersionStaysWhateverComes() {
    world.drop("bots.jar", Jars.plugin("bots", "2.0.0"));
    world.look();
    world.clock.pass(Duration.ofSeconds(31));
    world.mail();
    assertThat(world.kernel.events.recent("deploy.committed", 5)).hasSize(1);
    world.health.words.put(BOTS, Word.UNHEALTHY);
    second();
    assertThat(world.running()).containsExactly("bots 2.0.0");
  }

  @Test
  void aVersionThatComesDuringTheWatchGoesBackToTheLastGoodOne() {
    world.drop("bots.jar", Jars.plugin("bots", "2.0.0"));
    world.look();
    world.drop("bots.jar", Jars.plugin("bots", "3.0.0"));
    world.look();
    world.health.words.put(BOTS, Word.UNHEALTHY);
    second();
    assertThat(world.running()).containsExactly("bots 1.0.0");
  }

  @Test
  void aFormerThatNoLongerStartsLeavesTheNewOneAndSaysSo() {
    world.drop("bots.jar", Jars.plugin("bots", "2.0.0"));
    world.look();
    world.swapper.bad.put("bots 1.0.0", "LADANG-SWAP-012");
    world.health.words.put(BOTS, Word.UNHEALTHY);
    second();
    assertThat(world.running()).containsExactly("bots 2.0.0");
    assertThat(world.last().sentence()).contains("but that one does not start any more");
  }

  @Test
  void aRemovedVersionIsWatchedNoMore() {
    world.drop("bots.jar", Jars.plugin("bots", "2.0.0"));
    world.look();
    world.delete("bots.jar");
    world.settle();
    world.health.words.put(BOTS, Word.UNHEALTHY);
    second();
    assertThat(world.running()).isEmpty();
  }

  @Test
  void aClockThatIsSetBackChangesNoPatienceAndNoVerdict() {
    world.drop("bots.jar", Jars.plugin("bots", "2.0.0"));
    world.look();
    world.clock.setBack(Duration.ofDays(400));
    second();
    assertThat(world.running()).containsExactly("bots 2.0.0");
    world.drop("half.jar", java.util.Arrays.copyOf(one, one.length / 2));
    world.settle();
    assertThat(world.failed()).as("it has settled all the same").contains("half.jar");
    assertThat(world.last().millis()).isNotNegative();

    world.health.words.put(BOTS, Word.UNHEALTHY);
    second();
    assertThat(world.running()).as("still watched").containsExactly("bots 1.0.0");

    world.health.words.clear();
    world.drop("bots.jar", Jars.plugin("bots", "3.0.0"));
    world.look();
    world.clock.pass(Duration.ofSeconds(31));
    world.look();
    world.health.words.put(BOTS, Word.UNHEALTHY);
    second();
    assertThat(world.running()).as("the watch is over").containsExactly("bots 3.0.0");
  }
}
