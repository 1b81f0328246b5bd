package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.Generations.Content;

@Timeout(30)
class CrewTest {
  private static final Content EMPTY = new Content(List.of(), Map.of());
  private static final Verdict YES =
      new Verdict.Refusal("LADANG-TEST-001", "Yes.", "", Map.of(), "");

  @TempDir Path folder;
  private final ExecutorService hands = Executors.newCachedThreadPool();
  private final Crew crew = new Crew(hands, 3, () -> {});

  @AfterEach
  void close() {
    hands.shutdownNow();
  }

  private Candidate candidate(String file, byte[] jar) throws IOException {
    Path path = Files.write(folder.resolve(file), jar);
    FileTime time = FileTime.fromMillis(1);
    Sighting sighting = new Sighting(file, new Stamp(jar.length, time, file, time), 0, 0);
    return new Candidate(sighting, "0".repeat(64), new Jars().read(path));
  }

  private Candidate plugin(String name, String... needs) throws IOException {
    return candidate(name + ".jar", Jars.plugin(name, "1.0.0", needs));
  }

  @Test
  void oneThatIsSlowToStartHoldsUpNoneOfTheOthers() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    Candidate slow = plugin("slow");
    Candidate quick = plugin("quick");
    crew.begin(
        slow,
        0,
        () -> {
          awaitQuietly(released);
          return YES;
        });
    assertThat(crew.takes(quick, EMPTY)).isTrue();
    crew.begin(quick, 0, () -> YES);

    assertThat(crew.next().candidate()).isSameAs(quick);
    assertThat(crew.idle()).isFalse();
    released.countDown();
    assertThat(crew.next().candidate()).isSameAs(slow);
    assertThat(crew.idle()).isTrue();
  }

  @Test
  void onlyNewPluginsThatHaveNothingToDoWithEachOtherAreStartedAtTheSameTime() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    crew.begin(
        plugin("livestock"),
        0,
        () -> {
          awaitQuietly(released);
          return YES;
        });

    assertThat(crew.takes(plugin("bots"), EMPTY)).isTrue();
    assertThat(crew.takes(plugin("farm", "livestock"), EMPTY)).as("needs it").isFalse();
    assertThat(crew.takes(plugin("livestock"), EMPTY)).as("is it").isFalse();
    assertThat(crew.takes(candidate("lib.jar", Jars.plain("org.lib", "1.0.0")), EMPTY)).isFalse();
    assertThat(crew.takes(candidate("shard.jar", Jars.subsystem("shard", "1.0.0")), EMPTY))
        .isFalse();
    Content running = new Content(List.of(plugin("bots").entry()), Map.of());
    assertThat(crew.takes(plugin("bots"), running)).as("replaces one").isFalse();
    released.countDown();
    crew.next();
  }

  @Test
  void noMoreAreStartedAtATimeThanThereAreHands() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    for (String name : List.of("a", "b", "c")) {
      assertThat(crew.takes(plugin(name), EMPTY)).isTrue();
      crew.begin(
          plugin(name),
          0,
          () -> {
            awaitQuietly(released);
            return YES;
          });
    }
    assertThat(crew.takes(plugin("d"), EMPTY)).isFalse();
    released.countDown();
    crew.next();
    assertThat(crew.takes(plugin("d"), EMPTY)).isTrue();
  }

  @Test
  void aFaultOfTheRuntimeIsHeardOfByWhoeverWaits() throws Exception {
    crew.begin(
        plugin("bots"),
        0,
        () -> {
          throw new StackOverflowError("deep");
        });

    Crew.Decided decided = crew.next();
    assertThatThrownBy(decided::get).isInstanceOf(StackOverflowError.class);
    assertThat(crew.idle()).isTrue();
  }

  @Test
  void filesAreReadAtTheSameTimeAndToldInTheirOrder() throws Exception {
    List<Candidate> all = List.of(plugin("a"), plugin("b"), plugin("c"));
    CountDownLatch together = new CountDownLatch(3);

    List<Crew.Read> read =
        crew.read(
            all.stream().map(Candidate::sighting).toList(),
            sighting -> {
              together.countDown();
              awaitQuietly(together);
              if (sighting.name().equals("b.jar")) {
                throw new LadangException("LADANG-JAR-001", "b.jar is empty.");
              }
              return Optional.empty();
            });

    assertThat(read)
        .extracting(r -> r.sighting().name())
        .containsExactly("a.jar", "b.jar", "c.jar");
    assertThat(read.get(1).why())
        .get()
        .extracting(LadangException::code)
        .isEqualTo("LADANG-JAR-001");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
