package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.deploy.DeploymentPlan;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.SwapPlan.How;
import org.ladang.kernel.swap.SwapPlan.Touched;

class PlanTest {
  @TempDir Path folder;
  private DeployWorld world;

  @BeforeEach
  void open() throws IOException {
    world = new DeployWorld(folder);
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
  }

  private DeploymentPlan plan(byte[] content) throws IOException {
    Path jar = Files.write(folder.resolve("planned.jar"), content);
    List<String> applied = List.copyOf(world.swapper.applied);
    long generation = world.generation().number();
    DeploymentPlan plan = world.planner.plan(jar);
    assertThat(world.swapper.applied).isEqualTo(applied);
    assertThat(world.generation().number()).isEqualTo(generation);
    return plan;
  }

  private void touches(String version, int others) {
    List<Touched> touched = new ArrayList<>();
    for (int i = 1; i <= others; i++) {
      touched.add(new Touched("sn." + i, "p" + i, How.RESTARTED, "p" + i + " is restarted."));
    }
    world.swapper.touched.put("bots " + version, touched);
  }

  @Test
  void anUpgradeIsToldWithWhatItReplacesAndHow() throws IOException {
    DeploymentPlan plan = plan(Jars.plugin("bots", "2.0.0"));
    assertThat(plan.accepted()).isTrue();
    assertThat(plan.sentence())
        .isEqualTo(
            "bots 2.0.0 would take the place of 1.0.0, started beside it; nothing else is touched.");
    assertThat(plan.from()).isEqualTo("1.0.0");
    assertThat(plan.to()).isEqualTo("2.0.0");
    assertThat(plan.road()).isEqualTo("beside");
  }

  @Test
  void whatRunsAlreadyAndWhatIsNewIsSaidToBeSo() throws IOException {
    assertThat(plan(Jars.plugin("bots", "1.0.0")).sentence())
        .isEqualTo("bots 1.0.0 runs already, with this very content.");
    assertThat(plan(Jars.plugin("wells", "1.0.0")).sentence())
        .isEqualTo("wells 1.0.0 would be new; nothing else is touched.");
  }

  @Test
  void whatWouldBeRefusedIsToldInTheSameWords() throws IOException {
    assertThat(plan(Jars.withoutManifest()).code()).isEqualTo("LADANG-JAR-003");
    assertThat(plan(Jars.plugin("wells", "1.0.0", "pumps")).code()).isEqualTo("LADANG-DEPLOY-004");
    world.swapper.bad.put("bots 3.0.0", "LADANG-SWAP-001");
    DeploymentPlan plan = plan(Jars.plugin("bots", "3.0.0"));
    assertThat(plan.accepted()).isFalse();
    assertThat(plan.code()).isEqualTo("LADANG-SWAP-001");
  }

  @Test
  void anUpgradeThatTouchesTooManyIsRefusedUnlessItIsForced() throws IOException {
    touches("2.0.0", 3);
    byte[] two = Jars.plugin("bots", "2.0.0");
    assertThat(plan(two).code()).isEqualTo("LADANG-DEPLOY-020");

    world.drop("bots.jar", two);
    world.look();
    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(world.last().sentence())
        .isEqualTo(
            "bots 2.0.0 would touch 3 others, more than the 2 that are allowed:"
                + " p1 is restarted. p2 is restarted. p3 is restarted.");

    world.blast.force("bots.jar");
    world.drop("bots.jar", two);
    world.look();
    assertThat(world.running()).containsExactly("bots 2.0.0");

    touches("3.0.0", 3);
    world.drop("bots.jar", Jars.plugin("bots", "3.0.0"));
    world.look();
    assertThat(world.last().code()).as("forced once, not for ever").isEqualTo("LADANG-DEPLOY-020");
  }

  @Test
  void whatElseFeltItStandsInTheHistory() {
    touches("2.0.0", 1);
    world.drop("bots.jar", Jars.plugin("bots", "2.0.0"));
    world.look();
    assertThat(world.last().outcome()).isEqualTo(Outcome.LIVE);
    assertThat(world.last().sentence()).endsWith(" p1 is restarted.");
  }

  @Test
  void aPolicyAndTheListOfPublishersMayRefuse() {
    world.policies.add(
        (passport, sha256, jar) -> {
          if (passport.version().equals("6.6.6")) {
            throw new LadangException("LADANG-TEST-001", "Nobody signed " + passport.name() + ".");
          }
        });
    world.drop("bots.jar", Jars.plugin("bots", "6.6.6"));
    world.look();
    assertThat(world.last().sentence()).isEqualTo("Nobody signed bots.");
    assertThat(world.running()).containsExactly("bots 1.0.0");

    world.publishers.add("Tani");
    world.open();
    world.drop("wells.jar", Jars.plugin("wells", "1.0.0"));
    world.settle();
    assertThat(world.last().sentence())
        .isEqualTo("wells 1.0.0 does not say who publishes it; allowed are Tani.");
    assertThat(world.last().code()).isEqualTo("LADANG-DEPLOY-022");
  }

  @Test
  void aFileIsFoundInTheInboxAndItsDrawersOnly() {
    assertThat(world.planner.find("bots.jar")).exists();
    assertThatThrownBy(() -> world.planner.find("nowhere.jar"))
        .hasMessage("There is no file nowhere.jar in the inbox or its drawers.");
    assertThatThrownBy(() -> world.planner.find(".failed")).isInstanceOf(LadangException.class);
  }
}
