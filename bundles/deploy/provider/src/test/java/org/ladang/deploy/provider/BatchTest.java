package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
  @TempDir Path folder;
  private DeployWorld world;

  @BeforeEach
  void open() throws IOException {
    world = new DeployWorld(folder);
  }

  @Test
  void whatIsNeededComesFirstWhateverTheOrderOfTheFiles() {
    world.drop("a-bots.jar", Jars.plugin("bots", "1.0.0", "livestock"));
    world.drop("b-livestock.jar", Jars.plugin("livestock", "1.0.0"));
    world.drop("c-shard.jar", Jars.subsystem("shard", "1.0.0"));
    world.drop("d-library.jar", Jars.plain("org.lib", "1.0.0"));
    world.look();

    assertThat(world.swapper.applied)
        .containsExactly("org.lib 1.0.0", "shard 1.0.0", "livestock 1.0.0", "bots 1.0.0");
  }

  @Test
  void pluginsThatNeedEachOtherComeTogether() {
    world.drop("a.jar", Jars.plugin("a", "1.0.0", "b"));
    world.drop("b.jar", Jars.plugin("b", "1.0.0", "a"));
    world.look();

    assertThat(world.running()).containsExactly("a 1.0.0", "b 1.0.0");
  }

  @Test
  void whatIsNeededMayComeAMomentLater() {
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0", "livestock"));
    world.look();
    assertThat(world.running()).isEmpty();
    assertThat(world.failed()).isEmpty();
    world.clock.pass(Duration.ofMillis(500));
    world.drop("livestock.jar", Jars.plugin("livestock", "1.0.0"));
    world.mailbox.touch("livestock.jar");
    world.mail();

    assertThat(world.running()).containsExactly("bots 1.0.0", "livestock 1.0.0");
  }

  @Test
  void whatIsNeededAndDoesNotComeIsNamed() {
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0", "livestock"));
    world.settle();

    assertThat(world.swapper.applied).isEmpty();
    assertThat(world.reason("bots.jar"))
        .startsWith("bots needs livestock, and there is none.")
        .contains("LADANG-DEPLOY-004");
  }

  @Test
  void aPackageMayComeAMomentLater() {
    world.swapper.bad.put("bots 1.0.0", "LADANG-SWAP-001");
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
    world.look();
    assertThat(world.swapper.applied).as("not tried again for nothing").hasSize(1);
    world.swapper.bad.clear();
    world.drop("library.jar", Jars.plain("org.lib", "1.0.0"));
    world.look();

    assertThat(world.running()).containsExactly("org.lib 1.0.0", "bots 1.0.0");
  }

  @Test
  void aPackageThatDoesNotComeIsNamed() {
    world.swapper.bad.put("bots 1.0.0", "LADANG-SWAP-001");
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.settle();

    assertThat(world.reason("bots.jar")).contains("LADANG-SWAP-001");
  }

  @Test
  void aVersionThatOthersDoNotAcceptIsRefused() {
    world.drop("livestock.jar", Jars.plugin("livestock", "1.0.0"));
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0", "livestock"));
    world.look();
    world.drop("livestock-9.jar", Jars.plugin("livestock", "9.0.0"));
    world.settle();

    assertThat(world.running()).containsExactly("bots 1.0.0", "livestock 1.0.0");
    assertThat(world.reason("livestock-9.jar")).startsWith("bots does not accept 9.");
  }

  @Test
  void aBadOneDoesNotHoldUpTheGoodOnes() {
    world.swapper.bad.put("b 1.0.0", "LADANG-SWAP-012");
    for (String name : new String[] {"a", "b", "c"}) {
      world.drop(name + ".jar", Jars.plugin(name, "1.0.0"));
    }
    world.look();

    assertThat(world.running()).containsExactly("a 1.0.0", "c 1.0.0");
    assertThat(world.failed()).contains("b.jar");
  }

  @Test
  void withoutARegistryTheInboxWorks() {
    world.registryThere = false;
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0", "livestock"));
    world.look();

    assertThat(world.running()).containsExactly("bots 1.0.0");
  }

  @Test
  void ofManyFilesTheFirstDoNotWaitForTheLastAndTheLastMayBeNeededByTheFirst() {
    world.drop("plugin-000.jar", Jars.plugin("first", "1.0.0", "last"));
    for (int n = 1; n <= 3 * Rounds.MOST_READ; n++) {
      world.drop(String.format("plugin-%03d.jar", n), Jars.plugin("p" + n, "1.0.0"));
    }
    world.mailbox.touchEverything();
    world.round();
    assertThat(world.running()).hasSizeBetween(Rounds.MOST_READ - 1, Rounds.MOST_READ);

    world.clock.pass(Duration.ofSeconds(5));
    world.drop("plugin-999.jar", Jars.plugin("last", "1.0.0"));
    for (int round = 0; round < 5; round++) {
      world.look();
    }
    assertThat(world.failed()).isEmpty();
    assertThat(world.running()).hasSize(3 * Rounds.MOST_READ + 2);
  }

  private void dropCircle() {
    world.swapper.bad.put("org.north 1.0.0", "LADANG-SWAP-001");
    world.swapper.bad.put("org.south 1.0.0", "LADANG-SWAP-001");
    world.swapper.circle.addAll(List.of("org.north", "org.south"));
    world.drop("north.jar", Jars.plain("org.north", "1.0.0"));
    world.drop("south.jar", Jars.plain("org.south", "1.0.0"));
  }

  @Test
  void bundlesThatImportFromEachOtherComeTogether() {
    dropCircle();
    world.swapper.bad.put("org.alone 1.0.0", "LADANG-SWAP-002");
    world.drop("alone.jar", Jars.plain("org.alone", "1.0.0"));
    world.settle();

    assertThat(world.running()).containsExactly("org.north 1.0.0", "org.south 1.0.0");
    assertThat(world.reason("alone.jar")).startsWith("org.alone 1.0.0 does not start.");
  }

  @Test
  void ofBundlesThatImportFromEachOtherNoneIsTakenWhenOneIsRefused() {
    dropCircle();
    world.swapper.bad.put("org.south 1.0.0", "LADANG-SWAP-006");
    world.settle();

    assertThat(world.running()).isEmpty();
    assertThat(world.swapper.removed).containsExactly("org.north");
    assertThat(world.reason("north.jar"))
        .startsWith(
            "org.north is not taken, because org.north, org.south import from each other, and"
                + " org.south was refused: org.south 1.0.0 does not start.");
    assertThat(world.reason("south.jar")).startsWith("org.south 1.0.0 does not start.");
  }
}
