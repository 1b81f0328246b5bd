package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.deploy.InboxFile;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Home;

/** The whole room with its threads, on a real folder and by real time. */
class DeployRoomTest {
  @TempDir Path folder;
  private final Jars passports = new Jars();
  private FakeKernel kernel;
  private FakeSwapper swapper;
  private Path deploy;
  private DeployRoom room;

  @BeforeEach
  void open() throws Exception {
    deploy = Files.createDirectories(folder.resolve("deploy"));
    kernel = new FakeKernel(Files.createDirectories(folder.resolve("store")));
    swapper = new FakeSwapper(passports, kernel.store);
    room = start(60_000);
    room.finished().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws IOException {
    room.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("ladang-deploy", "ladang-deploy-watch");
  }

  private DeployRoom start(long look) {
    return new DeployRoom(
        new TestHome(folder),
        swapper,
        passports,
        kernel.store,
        new FakeFolders(),
        kernel.generations,
        name -> kernel.state,
        kernel.events,
        kernel.meters,
        new RealClock(),
        new Patience(look));
  }

  private void drop(String file, byte[] content) throws IOException {
    Path beside = Files.write(folder.resolve(file + ".beside"), content);
    Files.move(beside, deploy.resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void aDroppedFileIsTakenWhenTheFileSystemTellsOfIt() throws IOException {
    drop("bots.jar", Jars.plugin("bots", "1.0.0"));

    await().atMost(Duration.ofSeconds(10)).until(() -> room.history(1).size() == 1);
    Attempt attempt = room.history(1).get(0);
    assertThat(attempt.outcome()).isEqualTo(Outcome.LIVE);
    assertThat(attempt.steps())
        .extracting(Attempt.Step::name)
        .containsExactly("received", "stored", "verified", "resolved", "live");
    assertThat(room.inbox())
        .extracting(InboxFile::file, InboxFile::name, InboxFile::state)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("bots.jar", "bots", "ACTIVE"));
  }

  @Test
  void aThousandFilesRenamedInAtOnceAreAllTaken() throws IOException {
    Path beside = Files.createDirectories(folder.resolve("beside"));
    for (int i = 0; i < 1_000; i++) {
      Files.write(beside.resolve("p" + i + ".jar"), Jars.plugin("p" + i, "1.0.0"));
    }
    for (int i = 0; i < 1_000; i++) {
      Files.move(beside.resolve("p" + i + ".jar"), deploy.resolve("p" + i + ".jar"));
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> kernel.generations.current().inbox().size() == 1_000);
  }

  @Test
  void whatIsSubmittedIsAnswered() throws Exception {
    Path good = Files.write(folder.resolve("good"), Jars.plugin("bots", "1.0.0"));
    Path bad = Files.write(folder.resolve("bad"), Jars.withoutManifest());
    assertThat(room.submit("bots.jar", good).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .extracting(Attempt::outcome, Attempt::name)
        .containsExactly(Outcome.LIVE, "bots");
    assertThat(room.submit("bad.jar", bad).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .extracting(Attempt::outcome, Attempt::code)
        .containsExactly(Outcome.REFUSED, "LADANG-JAR-003");
    assertThat(room.submit("bots.jar", good).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .extracting(Attempt::sentence)
        .isEqualTo("bots.jar holds what runs already.");
    assertThat(good).exists();
  }

  @Test
  void aNameThatLeavesTheInboxIsRefused() {
    for (String name : new String[] {"../x.jar", "a/b.jar", "", ".hidden", "x.part", "a\\b"}) {
      assertThatThrownBy(() -> room.submit(name, folder)).hasMessageContaining("is no name");
    }
  }

  @Test
  void whatCameAndWentWhileTheRoomWasDownIsFoundAtItsStart() throws IOException {
    drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    await().atMost(Duration.ofSeconds(10)).until(() -> !swapper.running.isEmpty());
    room.close();
    Files.delete(deploy.resolve("bots.jar"));
    drop("loans.jar", Jars.plugin("loans", "1.0.0"));
    room = start(60_000);

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> kernel.generations.current().inbox().keySet().equals(Set.of("loans.jar")));
    assertThat(swapper.removed).containsExactly("org.test.bots");
  }

  private record TestHome(Path root) implements Home {
    @Override
    public String nodeId() {
      return "n";
    }

    @Override
    public String version() {
      return "0";
    }
  }

  private static final class RealClock implements Clock {
    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }
  }

  /** The settings; the folder is looked at so seldom that only the file system's events can tell. */
  private record Patience(long look_millis) implements DeployRoom.Config {
    @Override
    public String legacy() {
      return "wrap";
    }

    @Override
    public long watch_millis() {
      return 30_000;
    }

    @Override
    public int blast_limit() {
      return 5;
    }

    @Override
    public String[] publishers() {
      return new String[0];
    }

    @Override
    public long settle_millis() {
      return 100;
    }

    @Override
    public long gone_millis() {
      return 100;
    }

    @Override
    public long hold_millis() {
      return 100;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return DeployRoom.Config.class;
    }
  }
}
