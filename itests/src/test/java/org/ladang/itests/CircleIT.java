package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that import from each other: none of them resolves alone. */
class CircleIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void theyComeTogetherAndAreThereAgainAfterARestartThatRemembersNothing() throws IOException {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      drop(ladang, "north.jar", half("north", "south"));
      drop(ladang, "south.jar", half("south", "north"));
      drop(ladang, "lost.jar", half("lost", "nowhere"));

      for (String file : new String[] {"north.jar", "south.jar"}) {
        Ladang.await(file, SOON, () -> isActive(ladang, file));
      }
      assertThat(ladang.reason("lost.jar"))
          .contains("com.nowhere")
          .contains("code: LADANG-SWAP-001");

      assertThat(ladang.stop()).isZero();
      forgetTheFramework(ladang.home().resolve("data/framework-cache"));
      ladang.start();
      for (String file : new String[] {"north.jar", "south.jar"}) {
        assertThat(isActive(ladang, file)).as(file).isTrue();
      }
    }
  }

  private static byte[] half(String name, String other) throws IOException {
    return BadJars.bundle(
            name,
            "Bundle-Version: 1.0.0",
            "Export-Package: com." + name + ";version=1.0.0",
            "Import-Package: com." + other + ";version=\"[1,2)\"")
        .with("com/" + name + "/x", "x")
        .bytes();
  }

  private void drop(Ladang ladang, String file, byte[] jar) throws IOException {
    ladang.drop(Files.write(folder.resolve(file), jar), file);
  }

  private static boolean isActive(Ladang ladang, String file) {
    return ladang.shell("deploy:list").list().stream()
        .anyMatch(f -> file.equals(f.get("file")) && "ACTIVE".equals(f.get("state")));
  }

  private static void forgetTheFramework(Path cache) throws IOException {
    assertThat(cache).isDirectory();
    try (Stream<Path> files = Files.walk(cache)) {
      files.sorted(Comparator.reverseOrder()).forEach(CircleIT::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
