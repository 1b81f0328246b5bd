package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandoverTest {
  @TempDir Path folder;
  private DeployWorld world;

  @BeforeEach
  void open() throws IOException {
    world = new DeployWorld(folder);
  }

  @Test
  void theRoomBringsItsOwnSuccessorInLastAndLetsItFinish() {
    world.drop("a-deploy.jar", Jars.subsystem("deploy", "2.0.0"));
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    boolean[] open = new boolean[2];
    world.swapper.during = () -> open[world.swapper.applied.size() - 1] = world.handover.open();
    world.look();

    assertThat(world.swapper.applied).containsExactly("bots 1.0.0", "deploy 2.0.0");
    assertThat(open).as("the successor waits while it is brought in").containsExactly(false, true);
    assertThat(world.handover.open()).as("and begins when it serves").isFalse();
    assertThat(world.listing()).containsOnlyKeys("bots.jar");
    world.drop("loans.jar", Jars.plugin("loans", "1.0.0"));
    world.look();
    assertThat(world.running()).as("the former one begins nothing more").hasSize(2);

    world.swapper.during = () -> {};
    world.open();
    world.handover.await(() -> true);
    world.look();
    assertThat(world.listing()).containsOnlyKeys("a-deploy.jar", "bots.jar", "loans.jar");
    assertThat(world.kernel.state.get("handover")).isEmpty();
  }

  @Test
  void theRoomStaysWhenItsFileGoesAndNothingCanTakeItsPlace() {
    world.drop("deploy.jar", Jars.subsystem("deploy", "2.0.0"));
    world.look();
    world.open();
    world.look();
    assertThat(world.listing()).containsOnlyKeys("deploy.jar");
    world.delete("deploy.jar");
    world.settle();

    assertThat(world.running()).containsExactly("deploy 2.0.0");
    assertThat(world.files()).containsExactly("deploy.jar");
    assertThat(world.last().sentence()).endsWith("so the file was brought back.");
  }

  @Test
  void aBadSuccessorIsRefusedAndTheRoomGoesOn() {
    world.swapper.bad.put("deploy 2.0.0", "LADANG-SWAP-012");
    world.drop("deploy.jar", Jars.subsystem("deploy", "2.0.0"));
    world.look();
    assertThat(world.failed()).contains("deploy.jar");
    assertThat(world.kernel.state.get("handover")).isEmpty();

    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
    assertThat(world.running()).contains("bots 1.0.0");
    assertThat(world.orders.stop("bots", "ada").toCompletableFuture()).isNotDone();
  }
}
