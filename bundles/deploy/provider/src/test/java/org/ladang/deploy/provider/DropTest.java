package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.deploy.Attempt.Outcome;

class DropTest {
  @TempDir Path folder;
  private DeployWorld world;

  @BeforeEach
  void open() throws IOException {
    world = new DeployWorld(folder);
  }

  @Test
  void aCompleteFileIsTakenInTheFirstRound() {
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.mailbox.touch("bots.jar");
    world.mail();

    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(world.generation().file("bots.jar")).isPresent();
    assertThat(world.listing()).containsOnlyKeys("bots.jar");
    assertThat(world.last().outcome()).isEqualTo(Outcome.LIVE);
    assertThat(world.kernel.events.types()).containsExactly("deploy.live");
  }

  @Test
  void aFileThatIsStillWrittenIsNotTouched() throws IOException {
    byte[] whole = Jars.plugin("bots", "1.0.0");
    Path file = world.deploy.resolve("bots.jar");
    for (int length = 100; length < whole.length; length += 100) {
      Files.write(file, Arrays.copyOf(whole, length));
      world.clock.pass(Duration.ofMillis(500));
      world.look();
      assertThat(world.running()).isEmpty();
    }
    Files.write(file, whole);
    world.look();

    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(world.failed()).isEmpty();
  }

  @Test
  void aTruncatedFileIsRefusedWhenItHasSettled() {
    byte[] whole = Jars.plugin("bots", "1.0.0");
    world.drop("bots.jar", Arrays.copyOf(whole, whole.length / 2));
    world.settle();

    assertThat(world.files()).isEmpty();
    assertThat(world.failed()).containsExactly("bots.jar", "bots.jar.reason.txt");
    assertThat(world.reason("bots.jar"))
        .startsWith("bots.jar is damaged.")
        .contains("LADANG-JAR-002");
  }

  @Test
  void aCopyThatStalledForTooLongIsTakenWhenItComesToItsEnd() throws IOException {
    byte[] whole = Jars.plugin("bots", "1.0.0");
    try (var slow = Files.newOutputStream(world.deploy.resolve("bots.jar"))) {
      slow.write(whole, 0, 200);
      world.settle();
      assertThat(world.failed()).contains("bots.jar");
      slow.write(whole, 200, whole.length - 200);
    }
    world.look();

    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(world.files()).containsExactly("bots.jar");
    assertThat(world.failed()).isEmpty();
  }

  @Test
  void aTruncatedFileOverARunningOneLeavesItServingAndListed() throws IOException {
    byte[] good = Jars.plugin("bots", "1.0.0");
    world.drop("bots.jar", good);
    world.look();
    Files.write(world.deploy.resolve("bots.jar"), Arrays.copyOf(good, 150));
    world.settle();

    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(world.swapper.applied).hasSize(1);
    assertThat(world.swapper.removed).isEmpty();
    assertThat(Files.readAllBytes(world.deploy.resolve("bots.jar"))).isEqualTo(good);
    assertThat(world.failed()).containsExactly("bots.jar", "bots.jar.reason.txt");
    assertThat(world.listing()).containsOnlyKeys("bots.jar");
  }

  @Test
  void whatWaitsIsSaidToWaitAndToBeLiveWhenItIs() {
    world.swapper.waiting.add("bots 1.0.0");
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
    assertThat(world.last().outcome()).isEqualTo(Outcome.WAITING);
    assertThat(world.last().sentence())
        .isEqualTo("bots 1.0.0 is started and waits: It waits for a service.");
    assertThat(world.listing()).containsOnlyKeys("bots.jar");

    world.swapper.waiting.clear();
    world.swapper.apply(world.generation().bundles().get(0));
    world.look();
    assertThat(world.last().outcome()).isEqualTo(Outcome.LIVE);
    assertThat(world.kernel.events.types()).containsExactly("deploy.waiting", "deploy.live");
  }

  @Test
  void anEmptyFileIsRefused() {
    world.drop("empty.jar", new byte[0]);
    world.settle();

    assertThat(world.reason("empty.jar")).startsWith("empty.jar is empty.");
  }

  @Test
  void noiseIsRefused() {
    world.drop("notes.txt", "Buy milk, and feed the animals before noon.".getBytes());
    world.settle();

    assertThat(world.failed()).contains("notes.txt");
    assertThat(world.last().outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void aJarWithoutManifestIsRefusedAtOnce() {
    world.drop("bare.jar", Jars.withoutManifest());
    world.look();

    assertThat(world.reason("bare.jar")).contains("LADANG-JAR-003");
  }

  @Test
  void hiddenAndHalfWrittenNamesAreIgnored() {
    byte[] whole = Jars.plugin("bots", "1.0.0");
    for (String name : new String[] {".bots.jar", "bots.jar.part", "bots.TMP", "bots.jar~"}) {
      world.drop(name, whole);
    }
    world.settle();

    assertThat(world.running()).isEmpty();
    assertThat(world.files()).hasSize(4);
  }

  @Test
  void aFolderIsLeftAlone() throws IOException {
    Files.createDirectories(world.deploy.resolve("folder.jar"));
    world.settle();

    assertThat(world.deploy.resolve("folder.jar")).isDirectory();
    assertThat(world.history.newest(10)).isEmpty();
  }

  @Test
  void aThousandNoisyFilesAreAllAnsweredAndTheGoodOneRuns() {
    for (int i = 0; i < 1_000; i++) {
      world.drop("noise-" + i + ".jar", ("noise " + i).getBytes());
      world.mailbox.touch("noise-" + i + ".jar");
    }
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.mailbox.touch("bots.jar");
    world.mail();
    assertThat(world.running()).containsExactly("bots 1.0.0");
    world.settle();

    assertThat(world.files()).containsExactly("bots.jar");
    assertThat(world.failed()).hasSize(2_000);
    assertThat(world.history.newest(1_000)).hasSize(History.KEPT);
  }

  @Test
  void aThousandPluginsAtOnceAreAllTaken() {
    for (int i = 0; i < 1_000; i++) {
      world.drop("p" + i + ".jar", Jars.plugin("p" + i, "1.0.0"));
      world.mailbox.touch("p" + i + ".jar");
    }
    world.mail();

    assertThat(world.running()).hasSize(1_000);
    assertThat(world.listing()).hasSize(1_000);
    assertThat(world.generation().number()).as("written together").isLessThan(50);
  }

  @Test
  void aFullDiskRefusesWhatComesAndHarmsNothingThatRuns() throws IOException {
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
    Path store = folder.resolve("store");
    Path away = Files.move(store, folder.resolve("away"));
    world.drop("bots.jar", Jars.plugin("bots", "2.0.0"));
    world.drop("hello.jar", Jars.plugin("hello", "1.0.0"));
    world.look();

    assertThat(world.running()).containsExactly("bots 1.0.0");
    assertThat(world.reason("bots.jar")).contains("code: LADANG-STORE-001");
    assertThat(world.reason("hello.jar")).contains("code: LADANG-STORE-001");
    assertThat(world.listing()).containsOnlyKeys("bots.jar");

    Files.move(away, store);
    world.drop("hello.jar", Jars.plugin("hello", "1.0.0"));
    world.look();
    assertThat(world.running()).containsExactly("bots 1.0.0", "hello 1.0.0");
  }

  /** Somebody saw the mistake and dropped the mended one while the first was still starting. */
  @Test
  void aFileThatWasMendedWhileItsFormerContentWasRefusedIsTakenAndNotPutAway() {
    world.swapper.bad.put("bots 1.0.0", "LADANG-SWAP-012");
    world.swapper.during =
        () -> {
          world.swapper.during = () -> {};
          world.drop("bots.jar", Jars.plugin("bots", "1.0.1"));
        };
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.look();
    assertThat(world.reason("bots.jar")).startsWith("bots 1.0.0 does not start.");
    world.look();

    assertThat(world.running()).containsExactly("bots 1.0.1");
    assertThat(world.files()).contains("bots.jar");
  }

  @Test
  void aFileThatWasDeletedWhileItWasRefusedIsStillFoundAmongTheRefused() {
    world.swapper.bad.put("bots 1.0.0", "LADANG-SWAP-012");
    world.swapper.during = () -> world.delete("bots.jar");
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.look();

    assertThat(world.failed()).contains("bots.jar");
    assertThat(world.reason("bots.jar")).startsWith("bots 1.0.0 does not start.");
  }
}
