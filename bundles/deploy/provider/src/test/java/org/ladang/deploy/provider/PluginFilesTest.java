package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.swap.BundleEntry;

class PluginFilesTest {
  @TempDir Path folder;
  private DeployWorld world;

  @BeforeEach
  void open() throws IOException {
    world = new DeployWorld(folder);
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
  }

  private String data() {
    return world.generation().bundle("org.test.bots").map(BundleEntry::data).orElseThrow();
  }

  private void upgrade(String version, String migration) {
    world.drop("bots.jar", Jars.migrating("bots", version, migration));
    world.settle();
    assertThat(world.running()).containsExactly("bots " + version);
  }

  @Test
  void anUpgradeWithoutMigrationKeepsItsFiles() {
    assertThat(data()).isEqualTo("bots");
    upgrade("2.0.0", "NONE");
    assertThat(data()).isEqualTo("bots");
  }

  @Test
  void aMigrationGetsAFolderOfItsOwnWhichLaterVersionsShare() {
    upgrade("2.0.0", "ONE_WAY");
    assertThat(data()).isEqualTo("bots@1");
    world.folders.migrated("bots@1", "2.0.0", true, "bots");
    upgrade("2.1.0", "NONE");
    assertThat(data()).isEqualTo("bots@1");
    upgrade("3.0.0", "BOTH_WAYS");
    assertThat(data()).isEqualTo("bots@2");
  }

  @Test
  void anEarlierVersionThatIsDroppedGoesBackToFilesThatItCanRead() {
    upgrade("2.0.0", "ONE_WAY");
    world.folders.migrated("bots@1", "2.0.0", true, "bots");
    upgrade("1.5.0", "NONE");
    assertThat(data()).isEqualTo("bots");
  }

  @Test
  void anEarlierVersionWithoutFilesThatItCanReadIsRefused() {
    upgrade("2.0.0", "ONE_WAY");
    world.folders.migrated("bots@1", "2.0.0", true, "");
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.settle();
    assertThat(world.running()).containsExactly("bots 2.0.0");
    assertThat(world.last().code()).isEqualTo("LADANG-SWAP-030");
    assertThat(world.files()).containsExactly("bots.jar");
  }

  @Test
  void aRollbackGoesBackToTheCopyOnlyWhereTheMigrationWasOneWay() {
    long first = world.generation().number();
    upgrade("2.0.0", "BOTH_WAYS");
    world.folders.migrated("bots@1", "2.0.0", false, "bots");
    world.orders.rollback(Optional.of(first), "ada");
    world.mail();
    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(data()).as("both ways").isEqualTo("bots@1");

    upgrade("3.0.0", "ONE_WAY");
    world.folders.migrated("bots@2", "3.0.0", true, "bots@1");
    world.orders.rollback(Optional.empty(), "ada");
    world.mail();
    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(data()).as("one way").isEqualTo("bots@1");
  }

  @Test
  void whatARemovedVersionLeftIsMigratedForALaterOne() {
    world.delete("bots.jar");
    world.settle();
    world.folders.left.put("bots", "1.0.0");
    upgrade("2.0.0", "ONE_WAY");
    assertThat(data()).isEqualTo("bots@1");
  }
}
