package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ladang.deploy.AppliedSet;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.SwapPlan.How;
import org.ladang.kernel.swap.SwapPlan.Touched;

class ApplyTest {
  private static final byte[] ONE = Jars.plugin("bots", "1.0.0");
  private static final byte[] TWO = Jars.plugin("bots", "2.0.0");
  private static final byte[] WELLS = Jars.plugin("wells", "1.0.0");
  private static final byte[] PUMPS = Jars.plugin("pumps", "1.0.0", "wells");

  @TempDir Path folder;
  private DeployWorld world;
  private SetFile set;

  @BeforeEach
  void open() throws IOException {
    world = new DeployWorld(folder.resolve("world"));
    set = new SetFile(folder.resolve("set"));
    world.drop("bots.jar", ONE);
    world.settle();
  }

  private AppliedSet apply(Path file, boolean dryRun) {
    return apply(file, dryRun, false);
  }

  private AppliedSet apply(Path file, boolean dryRun, boolean force) {
    CompletableFuture<AppliedSet> done =
        world.orders.apply(file, dryRun, force, "ada").toCompletableFuture();
    world.mail();
    try {
      return done.join();
    } catch (CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  private Path all() {
    return set.with("pumps", "1.0.0", PUMPS)
        .with("bots", "2.0.0", TWO)
        .with("wells", "1.0.0", WELLS)
        .write(false);
  }

  @Test
  void aSetThatTouchesTooManyIsAppliedOnlyByForce() {
    world.swapper.touched.put(
        "bots 2.0.0",
        IntStream.range(0, 6)
            .mapToObj(i -> new Touched("sn." + i, "p" + i, How.RESTARTED, "p" + i + " goes."))
            .toList());
    Path file = all();

    assertThatThrownBy(() -> apply(file, false))
        .hasMessageStartingWith("Nothing was applied, because bots 2.0.0 would be refused:")
        .extracting(e -> ((LadangException) e).line())
        .asString()
        .contains("LADANG-DEPLOY-020", "apply the set with force=true");
    assertThat(world.running()).containsExactly("bots 1.0.0");

    assertThat(apply(file, false, true).applied()).isTrue();
    assertThat(world.running()).contains("bots 2.0.0");
  }

  @Test
  void theWholeSetRunsAndLiesInTheInboxAndASecondTimeChangesNothing() {
    AppliedSet applied = apply(all(), false);

    assertThat(applied.applied()).isTrue();
    assertThat(applied.sentence())
        .isEqualTo(
            "ada applied field.json: bots 1.0.0 → 2.0.0, pumps none → 1.0.0, wells none → 1.0.0.");
    assertThat(world.running())
        .containsExactlyInAnyOrder("bots 2.0.0", "pumps 1.0.0", "wells 1.0.0");
    assertThat(world.files()).containsExactlyInAnyOrder("bots.jar", "pumps.jar", "wells.jar");
    assertThat(world.listing()).containsOnlyKeys("bots.jar", "pumps.jar", "wells.jar");
    assertThat(world.replaced()).contains("bots.jar");
    long generation = world.generation().number();
    world.settle();
    assertThat(world.generation().number()).isEqualTo(generation);

    AppliedSet again = apply(folder.resolve("set/field.json"), false);
    assertThat(again.applied()).isFalse();
    assertThat(again.sentence()).isEqualTo("Everything is as field.json says.");
    assertThat(world.generation().number()).isEqualTo(generation);
  }

  @Test
  void aDryRunSaysWhatWouldChangeAndChangesNothing() {
    AppliedSet applied = apply(all(), true);
    assertThat(applied.applied()).isFalse();
    assertThat(applied.sentence()).startsWith("Would change: bots 1.0.0 → 2.0.0, pumps");
    assertThat(applied.differences()).hasSize(3);
    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(world.files()).containsExactly("bots.jar");
  }

  @Test
  void whenOneIsRefusedAllAreTakenBack() {
    world.swapper.bad.put("pumps 1.0.0", "LADANG-SWAP-012");
    long generation = world.generation().number();
    assertThatThrownBy(() -> apply(all(), false))
        .hasMessage(
            "Nothing was applied, because pumps 1.0.0 would be refused: pumps 1.0.0 does not start.");
    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(world.swapper.removed)
        .as("the last first")
        .containsExactly("org.test.pumps", "org.test.wells");
    assertThat(world.generation().number()).isEqualTo(generation);
    assertThat(world.files()).containsExactly("bots.jar");
    world.settle();
    assertThat(world.running()).containsExactly("bots 1.0.0");
  }

  @Test
  void whatIsNotNamedGoesOnlyWhereItIsPruned() {
    apply(set.with("wells", "1.0.0", WELLS).write(false), false);
    assertThat(world.running()).containsExactlyInAnyOrder("bots 1.0.0", "wells 1.0.0");
    apply(set.write(true), false);
    assertThat(world.running()).containsExactly("wells 1.0.0");
    assertThat(world.files()).containsExactly("wells.jar");
    assertThat(world.replaced()).contains("bots.jar");
  }

  @Test
  void aStoppedOneIsStopped() {
    apply(set.with("bots", "1.0.0", ONE, ",\"stopped\":true").write(false), false);
    assertThat(world.generation().bundle("org.test.bots").orElseThrow().stopped()).isTrue();
  }

  @Test
  void aJarThatTheStoreHasNeedsNoPath() throws IOException {
    apply(set.with("bots", "2.0.0", TWO).write(false), false);
    Path back =
        set.text(
            "{\"bundles\":[{\"name\":\"bots\",\"version\":\"1.0.0\",\"sha256\":\"%s\"}]}"
                .formatted(SetFile.sha(ONE)));
    apply(back, false);
    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(Files.readAllBytes(world.deploy.resolve("bots.jar"))).isEqualTo(ONE);
  }

  @Test
  void aJarThatIsNotWhatTheFileSaysIsRefused() {
    assertThatThrownBy(() -> apply(set.with("bots", "9.0.0", TWO).write(false), false))
        .hasMessage(
            "Nothing was applied: bots 9.0.0 is not what it should be, its jar is bots 2.0.0.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{                                       | field.json cannot be read as JSON",
        "{}                                      | field.json has no list `bundles`.",
        "{\"bundles\":[1]}                       | field.json has no object at bundles[0].",
        "{\"bundles\":[],\"prun\":true}          | field.json has `prun`, which means nothing; known are bundles, prune.",
        "{\"bundles\":[],\"prune\":1}            | field.json has neither true nor false at prune.",
        "{\"bundles\":[{\"name\":\"a\"}]}        | field.json has no text at bundles[0].sha256.",
        "{\"bundles\":[{\"name\":\"a\",\"sha256\":\"x\"}]} | field.json has no SHA-256 (64 hexadecimal digits) at bundles[0].sha256.",
      })
  void aWrongFileIsASentenceThatNamesThePlace(String json, String sentence) {
    assertThatThrownBy(() -> apply(set.text(json.strip()), false))
        .hasMessageStartingWith(sentence.strip());
    assertThat(world.running()).containsExactly("bots 1.0.0");
  }
}
