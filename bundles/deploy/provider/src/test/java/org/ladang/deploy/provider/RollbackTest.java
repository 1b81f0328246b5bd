package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.deploy.GenerationDifference;
import org.ladang.deploy.GenerationDifference.What;
import org.ladang.kernel.LadangException;

class RollbackTest {
  @TempDir Path folder;
  private DeployWorld world;
  private final byte[] one = Jars.plugin("bots", "1.0.0");
  private final byte[] two = Jars.plugin("bots", "2.0.0");
  private final byte[] wells = Jars.plugin("wells", "1.0.0");

  @BeforeEach
  void open() throws IOException {
    world = new DeployWorld(folder);
    world.drop("bots.jar", one);
    world.look();
    world.configuration.set("first");
    world.drop("bots-2.jar", two);
    world.drop("wells.jar", wells);
    world.settle();
    world.configuration.set("second");
    assertThat(world.running()).containsExactlyInAnyOrder("bots 2.0.0", "wells 1.0.0");
  }

  private Attempt back(Optional<Long> to) {
    CompletableFuture<Attempt> done = world.orders.rollback(to, "ada").toCompletableFuture();
    world.mail();
    return done.join();
  }

  @Test
  void bundlesFilesAndConfigurationComeBack() throws IOException {
    long first = firstWithBots();

    Attempt attempt = back(Optional.of(first));

    assertThat(attempt.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(attempt.sentence())
        .isEqualTo(
            "ada went back to generation " + first + ": bots 2.0.0 → 1.0.0, wells 1.0.0 → none.");
    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(world.files()).containsExactly("bots.jar");
    assertThat(Files.readAllBytes(world.deploy.resolve("bots.jar"))).isEqualTo(one);
    assertThat(world.replaced()).contains("bots-2.jar", "wells.jar");
    assertThat(world.configuration.value()).isEqualTo("first");
    assertThat(world.generation().number()).isGreaterThan(first);
    assertThat(world.generation().bundle("org.test.bots").orElseThrow().version())
        .isEqualTo("1.0.0");
  }

  @Test
  void whatWasBroughtBackStaysWhenTheInboxIsLookedAtAgainAndAfterARestart() {
    back(Optional.empty());
    int attempts = world.history.newest(100).size();
    world.settle();
    world.open();
    world.settle();

    assertThat(world.history.newest(100)).hasSize(attempts);
    assertThat(world.listing().keySet()).isEqualTo(java.util.Set.copyOf(world.files()));
  }

  @Test
  void aBundleThatNoLongerStartsLeavesEverythingAsItIs() {
    world.swapper.bad.put("bots 1.0.0", "LADANG-SWAP-012");
    var before = world.generation();
    List<String> files = world.files();

    assertThatThrownBy(() -> back(Optional.of(firstWithBots())))
        .cause()
        .isInstanceOfSatisfying(
            LadangException.class, e -> assertThat(e.code()).isEqualTo("LADANG-SWAP-012"))
        .hasMessageStartingWith(
            "Nothing was rolled back, because bots 1.0.0 does not start any more");

    assertThat(world.generation()).isEqualTo(before);
    assertThat(world.files()).isEqualTo(files);
    assertThat(world.configuration.value()).isEqualTo("second");
    assertThat(world.running()).containsExactlyInAnyOrder("bots 2.0.0", "wells 1.0.0");
    assertThat(world.kernel.state.get("rollback")).isEmpty();
  }

  @Test
  void aConfigurationThatNoLongerFitsLeavesEverythingAsItIs() {
    world.configuration.unfit = "first";
    assertThatThrownBy(() -> back(Optional.of(firstWithBots())))
        .cause()
        .hasMessageContaining("the configuration of that time no longer fits");
    assertThat(world.running()).containsExactlyInAnyOrder("bots 2.0.0", "wells 1.0.0");
    assertThat(world.configuration.value()).isEqualTo("second");
    assertThat(world.files()).contains("bots-2.jar", "wells.jar");
  }

  @Test
  void aKilledRollbackIsFinishedAtTheNextStartBeforeTheInboxIsLookedAt() {
    // What a kill leaves behind when only the note was written.
    world.kernel.state.put(
        "rollback", java.util.Map.of("generation", firstWithBots(), "author", "ada"));
    world.open();
    world.rollback.resume();
    world.settle();

    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(world.files()).containsExactly("bots.jar");
    assertThat(world.kernel.state.get("rollback")).isEmpty();
  }

  @Test
  void aGenerationThatIsNotKeptIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> back(Optional.of(99L)))
        .cause()
        .hasMessageContaining("There is no generation 99 any more, or not yet.")
        .hasMessageContaining("are kept.");
  }

  @Test
  void aJarThatIsNoLongerInTheStoreIsNamed() throws IOException {
    Files.delete(
        world.kernel.store.path(
            world.kernel.generations.kept().stream()
                .filter(g -> g.number() == firstWithBots())
                .findFirst()
                .orElseThrow()
                .bundle("org.test.bots")
                .orElseThrow()
                .sha256()));
    assertThatThrownBy(() -> back(Optional.of(firstWithBots())))
        .cause()
        .hasMessageContaining("is no longer in the store");
    assertThat(world.running()).containsExactlyInAnyOrder("bots 2.0.0", "wells 1.0.0");
  }

  @Test
  void aDiffNamesWhatCameWentAndChanged() {
    List<GenerationDifference> there =
        world.view.diff(firstWithBots(), world.generation().number());
    assertThat(there)
        .containsExactly(
            new GenerationDifference("bots", What.REPLACED, "1.0.0", "2.0.0", "bots-2.jar"),
            new GenerationDifference("wells", What.ADDED, "", "1.0.0", "wells.jar"));
    assertThat(world.view.diff(world.generation().number(), firstWithBots()))
        .extracting(GenerationDifference::what)
        .isEqualTo(Arrays.asList(What.REPLACED, What.REMOVED));
  }

  private long firstWithBots() {
    return world.kernel.generations.kept().stream()
        .filter(g -> !g.inbox().isEmpty())
        .mapToLong(g -> g.number())
        .min()
        .orElseThrow();
  }
}
