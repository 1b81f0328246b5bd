package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start makes of the inbox, compared with the listing of the generation. */
class ReconcileTest {
  @TempDir Path folder;
  private DeployWorld world;

  @BeforeEach
  void open() throws IOException {
    world = new DeployWorld(folder);
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
    world.swapper.applied.clear();
  }

  private void restart() {
    world.open();
    world.settle();
  }

  @Test
  void anUnchangedFileIsNotDeployedAgain() {
    long generation = world.generation().number();
    restart();

    assertThat(world.swapper.applied).isEmpty();
    assertThat(world.generation().number()).isEqualTo(generation);
  }

  @Test
  void aNewFileIsDeployed() {
    world.drop("loans.jar", Jars.plugin("loans", "1.0.0"));
    restart();

    assertThat(world.running()).containsExactly("bots 1.0.0", "loans 1.0.0");
  }

  @Test
  void aChangedFileIsDeployed() {
    world.drop("bots.jar", Jars.plugin("bots", "1.1.0"));
    restart();

    assertThat(world.running()).containsExactly("bots 1.1.0");
  }

  @Test
  void aFileThatIsGoneIsTakenOut() {
    world.delete("bots.jar");
    restart();

    assertThat(world.running()).isEmpty();
    assertThat(world.generation().bundles()).isEmpty();
  }

  @Test
  void aRenamedFileStaysDeployed() throws IOException {
    Files.move(world.deploy.resolve("bots.jar"), world.deploy.resolve("renamed.jar"));
    restart();

    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(world.swapper.removed).isEmpty();
    assertThat(world.listing()).containsOnlyKeys("renamed.jar");
  }

  @Test
  void aFileThatARollbackTookOutOfTheListingIsWhatTheListingSays() {
    // A rollback rewrites inbox and listing together; a start must not bring back what it undid.
    world.drop("bots-2.jar", Jars.plugin("bots", "2.0.0"));
    world.look();
    world.kernel.generations.commit(
        "operator",
        "Back.",
        c ->
            new org.ladang.kernel.swap.Generations.Content(
                world.kernel.generations.all.get(1).bundles(),
                world.kernel.generations.all.get(1).inbox()));
    world.delete("bots-2.jar");
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.swapper.applied.clear();
    restart();

    assertThat(world.swapper.applied).isEmpty();
    assertThat(world.files()).containsExactly("bots.jar");
  }

  @Test
  void aStoppedPluginStaysStopped() {
    world.orders.stop("bots", "ada");
    world.mail();
    world.swapper.applied.clear();
    restart();

    assertThat(world.swapper.applied).isEmpty();
    assertThat(world.generation().file("bots.jar").orElseThrow().stopped()).isTrue();
  }

  @Test
  void anOverflowIsAnsweredWithALookAtEverything() {
    world.drop("loans.jar", Jars.plugin("loans", "1.0.0"));
    FolderWatch.tell(
        world.mailbox,
        new WatchEvent<Object>() {
          @Override
          public Kind<Object> kind() {
            return StandardWatchEventKinds.OVERFLOW;
          }

          @Override
          public int count() {
            return 1;
          }

          @Override
          public Object context() {
            return null;
          }
        });
    world.mail();

    assertThat(world.running()).containsExactly("bots 1.0.0", "loans 1.0.0");
  }

  @Test
  void aFileThatNoEventToldOfIsFoundWithinSeconds() {
    world.drop("loans.jar", Jars.plugin("loans", "1.0.0"));
    world.mail();
    assertThat(world.running()).hasSize(1);
    world.clock.pass(DeployWorld.PATIENCE.look());
    world.mail();

    assertThat(world.running()).hasSize(2);
  }

  @Test
  void moreNamesThanTheMailboxHoldsBecomeALookAtEverything() throws InterruptedException {
    for (int i = 0; i < 5_000; i++) {
      world.mailbox.touch("f" + i);
    }
    Mailbox.Mail mail = world.mailbox.take(0);

    assertThat(mail.everything()).isTrue();
    assertThat(mail.names()).hasSizeLessThanOrEqualTo(1_024);
  }
}
