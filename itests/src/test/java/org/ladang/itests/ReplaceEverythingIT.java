package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replaces every provider of the distribution and every plugin while a plugin is called over REST, {@code
 * -Dladang.load.rest} times a second (200), and from inside the runtime, {@code -Dladang.load.local} times (800), and
 * prints how long the slowest call of each took.
 */
class ReplaceEverythingIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void everyProviderAndEveryPluginIsReplacedWithoutAFailedCall() throws IOException {
    int rest = Integer.getInteger("ladang.load.rest", 200);
    int local = Integer.getInteger("ladang.load.local", 800);
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      Path plugin = Greeters.plugin("steady", "1.0.0", "here").build(folder);
      List<Path> all = new ArrayList<>(Distribution.jars("system/rooms"));
      all.addAll(Distribution.jars("samples"));
      for (Path sample : Distribution.jars("samples")) {
        ladang.drop(sample);
      }
      ladang.drop(plugin);
      all.add(plugin);
      ladang.awaitPlugin("steady", "ACTIVE");
      ladang.awaitPlugin("bots", "ACTIVE");
      OpenLoop loop = OpenLoop.on(ladang, "steady/greet", rest);
      Pump pump = Pump.in(ladang, folder, "steady:greet", local);
      try (loop;
          pump) {
        for (Path jar : all) {
          replace(ladang, jar);
          long until = loop.calls() + rest;
          Ladang.await("a second of calls", SOON, () -> loop.calls() >= until);
          System.out.printf(
              "  %s: %d ms over REST%n", jar.getFileName(), loop.longestSinceThen().toMillis());
        }
      }
      Pump.Report inside = pump.report();
      System.out.printf(
          "ReplaceEverythingIT: %d bundles replaced; %d calls over REST at %d/s, %d failed,"
              + " longest %d ms; %d calls inside at %d/s, %d failed, longest %d ms%n",
          all.size(),
          loop.calls(),
          rest,
          loop.failures().size(),
          loop.longest().toMillis(),
          inside.calls(),
          local,
          inside.failed(),
          inside.longest().toMillis());
      assertThat(loop.failures().stream().distinct().limit(5)).isEmpty();
      assertThat(inside.failed()).as(inside.first()).isZero();
      assertThat(inside.calls()).isGreaterThan((long) all.size() * local / 2);
      assertThat(ladang.home().resolve("deploy/.failed"))
          .satisfiesAnyOf(
              none -> assertThat(none).doesNotExist(), none -> assertThat(none).isEmptyDirectory());
    }
  }

  /** Drops the same bundle as another version, and waits until the next generation names it. */
  private void replace(Ladang ladang, Path jar) throws IOException {
    long before = ladang.generation();
    Path copies = Files.createDirectories(folder.resolve("again"));
    ladang.drop(BundleCopies.withVersion(jar, copies.resolve(jar.getFileName()), "7.0.0"));
    Ladang.await(jar.getFileName() + " replaced", SOON, () -> ladang.generation() > before);
  }
}
