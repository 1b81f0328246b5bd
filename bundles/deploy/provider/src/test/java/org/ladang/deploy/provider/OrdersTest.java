package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.kernel.LadangException;

class OrdersTest {
  @TempDir Path folder;
  private DeployWorld world;

  @BeforeEach
  void open() throws IOException {
    world = new DeployWorld(folder);
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
  }

  private Attempt done(CompletionStage<Attempt> stage) {
    CompletableFuture<Attempt> future = stage.toCompletableFuture();
    assertThat(future).as("only the worker does it").isNotDone();
    world.mail();
    assertThat(future).isDone();
    return future.join();
  }

  private String codeOf(CompletionStage<Attempt> stage) {
    world.mail();
    CompletionException e =
        Assertions.catchThrowableOfType(
            CompletionException.class, () -> stage.toCompletableFuture().join());
    return ((LadangException) e.getCause()).code();
  }

  @Test
  void stopAndStartBecomePartOfTheGeneration() {
    Attempt stopped = done(world.orders.stop("bots", "ada"));
    assertThat(stopped.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(stopped.sentence()).isEqualTo("bots 1.0.0 was stopped by ada.");
    assertThat(world.generation().file("bots.jar").orElseThrow().stopped()).isTrue();

    Attempt started = done(world.orders.start("org.test.bots", "ada"));
    assertThat(started.outcome()).isEqualTo(Outcome.LIVE);
    assertThat(world.generation().file("bots.jar").orElseThrow().stopped()).isFalse();
  }

  @Test
  void removeMovesTheFileAway() {
    Attempt removed = done(world.orders.remove("bots", "ada"));

    assertThat(removed.outcome()).isEqualTo(Outcome.REMOVED);
    assertThat(world.running()).isEmpty();
    assertThat(world.files()).isEmpty();
    assertThat(world.replaced()).containsExactly("bots.jar");
    world.settle();
    assertThat(world.history.newest(10)).hasSize(2);
  }

  @Test
  void removeIsRefusedWhileAnotherPluginNeedsIt() {
    world.drop("loans.jar", Jars.plugin("loans", "1.0.0", "bots"));
    world.look();

    assertThat(codeOf(world.orders.remove("bots", "ada"))).isEqualTo("LADANG-DEPLOY-011");
    assertThat(world.files()).contains("bots.jar");
  }

  @Test
  void aRoomIsNotStopped() {
    world.drop("shard.jar", Jars.subsystem("shard", "1.0.0"));
    world.look();

    assertThat(codeOf(world.orders.stop("shard", "ada"))).isEqualTo("LADANG-DEPLOY-009");
  }

  @Test
  void anUnknownNameIsSaid() {
    assertThat(codeOf(world.orders.start("cows", "ada"))).isEqualTo("LADANG-DEPLOY-008");
  }

  @Test
  void aFloodOfOrdersIsRefusedInsteadOfQueuedForEver() {
    for (int i = 0; i < 256; i++) {
      world.orders.stop("bots", "ada");
    }
    assertThat(codeOf(world.orders.stop("bots", "ada"))).isEqualTo("LADANG-DEPLOY-012");
  }

  @Test
  void anOrderThatTheRoomDoesNotComeToIsAnswered() {
    CompletionStage<Attempt> order = world.orders.stop("bots", "ada");
    world.mailbox.close();

    assertThat(codeOf(order)).isEqualTo("LADANG-DEPLOY-013");
  }
}
