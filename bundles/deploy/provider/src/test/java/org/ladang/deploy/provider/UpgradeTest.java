package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Generations;
import org.ladang.kernel.swap.Kind;

class UpgradeTest {
  @TempDir Path folder;
  private DeployWorld world;

  @BeforeEach
  void open() throws IOException {
    world = new DeployWorld(folder);
  }

  @Test
  void theFileOfTheFormerVersionMovesToReplaced() {
    world.drop("bots-1.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
    world.drop("bots-2.jar", Jars.plugin("bots", "2.0.0"));
    world.look();

    assertThat(world.running()).containsExactly("bots 2.0.0");
    assertThat(world.files()).containsExactly("bots-2.jar");
    assertThat(world.replaced()).containsExactly("bots-1.jar");
    assertThat(world.listing()).containsOnlyKeys("bots-2.jar");
    assertThat(world.swapper.removed).isEmpty();
  }

  @Test
  void theLastDroppedWinsNotTheHighestVersion() {
    world.drop("bots-2.jar", Jars.plugin("bots", "2.0.0"));
    world.look();
    world.drop("bots-1.jar", Jars.plugin("bots", "1.0.0"));
    world.look();

    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(world.replaced()).containsExactly("bots-2.jar");
  }

  @Test
  void aRefusedUpgradeLeavesTheFormerFileInTheInbox() {
    world.swapper.bad.put("bots 2.0.0", "LADANG-SWAP-012");
    world.drop("bots-1.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
    world.drop("bots-2.jar", Jars.plugin("bots", "2.0.0"));
    world.settle();

    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(world.files()).containsExactly("bots-1.jar");
    assertThat(world.failed()).containsExactly("bots-2.jar", "bots-2.jar.reason.txt");
    assertThat(world.reason("bots-2.jar"))
        .startsWith("bots 2.0.0 does not start.\nMend it.")
        .endsWith("at a.b.C");
    assertThat(world.swapper.removed).isEmpty();
  }

  @Test
  void aRefusedUpgradeOfTheSameFileBringsTheFormerContentBack() throws IOException {
    byte[] good = Jars.plugin("bots", "1.0.0");
    world.swapper.bad.put("bots 2.0.0", "LADANG-SWAP-012");
    world.drop("bots.jar", good);
    world.look();
    world.drop("bots.jar", Jars.plugin("bots", "2.0.0"));
    world.settle();

    assertThat(Files.readAllBytes(world.deploy.resolve("bots.jar"))).isEqualTo(good);
    assertThat(world.swapper.applied).containsExactly("bots 1.0.0", "bots 2.0.0");
    assertThat(world.failed()).contains("bots.jar");
  }

  @Test
  void aFileThatBringsAnotherBundleTakesTheFormerOneOut() {
    world.drop("x.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
    world.drop("x.jar", Jars.plugin("loans", "1.0.0"));
    world.look();

    assertThat(world.running()).containsExactly("loans 1.0.0");
    assertThat(world.generation().bundles()).hasSize(1);
    assertThat(world.listing()).containsOnlyKeys("x.jar");
  }

  @Test
  void aNameThatBelongsToAnotherBundleIsRefused() {
    world.drop("a.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
    world.drop("b.jar", Jars.jar(Kind.PLUGIN, "bots", "org.other.bots", "1.0.0"));
    world.look();

    assertThat(world.reason("b.jar")).contains("LADANG-DEPLOY-003").contains("org.test.bots");
    assertThat(world.running()).containsExactly("bots 1.0.0");
  }

  @Test
  void deletingAndCopyingAgainIsAnUpgradeNotARemoval() {
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
    world.delete("bots.jar");
    world.look();
    world.clock.pass(Duration.ofMillis(100));
    world.drop("bots.jar", Jars.plugin("bots", "2.0.0"));
    world.settle();

    assertThat(world.running()).containsExactly("bots 2.0.0");
    assertThat(world.swapper.removed).isEmpty();
  }

  @Test
  void aRemovedFileIsARemovedBundle() {
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
    world.delete("bots.jar");
    world.mailbox.touch("bots.jar");
    world.mail();
    assertThat(world.running()).as("not before it is really gone").hasSize(1);
    world.clock.pass(Duration.ofMillis(400));
    world.mail();

    assertThat(world.running()).isEmpty();
    assertThat(world.generation().bundles()).isEmpty();
    assertThat(world.listing()).isEmpty();
    assertThat(world.last().outcome()).isEqualTo(Outcome.REMOVED);
  }

  @Test
  void anInboxThatCannotBeReadTakesNothingOut() throws IOException {
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
    Files.move(world.deploy, folder.resolve("elsewhere"));
    world.settle();

    assertThat(world.running()).containsExactly("bots 1.0.0");
  }

  @Test
  void aRemovedUpgradeOfARoomFallsBackToTheDistribution() throws IOException {
    Path own = Files.write(folder.resolve("own.jar"), Jars.subsystem("shard", "1.0.0"));
    BundleEntry shipped =
        new BundleEntry(
            "org.ladang.shard.provider",
            "shard",
            Kind.SUBSYSTEM,
            "1.0.0",
            world.kernel.store.put(own),
            false,
            "");
    world.kernel.generations.commit(
        "test", "Shipped.", c -> new Generations.Content(List.of(shipped), Map.of()));
    world.swapper.apply(shipped);
    world.drop("shard-2.jar", Jars.subsystem("shard", "2.0.0"));
    world.look();
    assertThat(world.running()).containsExactly("shard 2.0.0");
    world.delete("shard-2.jar");
    world.settle();

    assertThat(world.running()).containsExactly("shard 1.0.0");
    assertThat(world.swapper.removed).isEmpty();
    assertThat(world.generation().bundles()).containsExactly(shipped);
    assertThat(world.listing()).isEmpty();
  }

  @Test
  void aGenerationThatCannotBeWrittenBringsTheFormerVersionBack() {
    world.drop("bots-1.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
    world.kernel.generations.diskFull = true;
    world.drop("bots-2.jar", Jars.plugin("bots", "2.0.0"));
    world.look();

    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(world.files()).containsExactly("bots-1.jar");
    assertThat(world.last().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(world.last().code()).isEqualTo("LADANG-GENERATION-001");
    assertThat(world.kernel.events.types()).containsExactly("deploy.live", "deploy.refused");
  }
}
