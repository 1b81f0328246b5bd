package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ladang.itests.field.BundleBuilder;

class DropIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static Ladang ladang;

  @BeforeAll
  static void start() {
    ladang = Ladang.on(folder.resolve("home")).start();
  }

  @AfterAll
  static void stop() {
    ladang.close();
  }

  @Test
  void aDroppedPluginIsCalledByShellAndByRest() throws IOException {
    ladang.drop(Greeters.plugin("fresh", "1.0.0", "good morning").build(folder));
    ladang.awaitPlugin("fresh", "ACTIVE");
    assertThat(ladang.shell("fresh:greet").json()).isEqualTo("good morning");
    assertThat(ladang.http("POST", "/api/v1/actions/fresh/greet", "{}").body())
        .contains("good morning");
    assertThat(ladang.http("POST", "/api/v1/actions/fresh/greet", "{}", Map.of()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aRemovedFileIsARemovedPlugin() throws IOException {
    String file = ladang.drop(Greeters.plugin("passing", "1.0.0", "here").build(folder));
    ladang.awaitPlugin("passing", "ACTIVE");
    Files.delete(ladang.home().resolve("deploy").resolve(file));
    Ladang.await("removed", SOON, () -> ladang.plugin("passing").isEmpty());
  }

  @Test
  void aReplacedPluginIsSwappedWithoutAFailedCall() throws Exception {
    ladang.drop(Greeters.plugin("steady", "1.0.0", "one").build(folder), "steady.jar");
    ladang.awaitPlugin("steady", "ACTIVE");
    ladang.token();
    AtomicBoolean stop = new AtomicBoolean();
    List<String> failed = java.util.Collections.synchronizedList(new ArrayList<>());
    Thread caller =
        new Thread(
            () -> {
              while (!stop.get()) {
                var answer = ladang.http("POST", "/api/v1/actions/steady/greet", "{}");
                if (answer.statusCode() != 200) {
                  failed.add(answer.body());
                }
              }
            },
            "caller");
    caller.start();
    try {
      ladang.drop(Greeters.plugin("steady", "1.1.0", "two").build(folder), "steady.jar");
      Ladang.await("two", SOON, () -> ladang.shell("steady:greet").json().equals("two"));
      ladang.drop(Greeters.plugin("steady", "1.2.0", "three").build(folder), "steady.jar");
      Ladang.await("three", SOON, () -> ladang.shell("steady:greet").json().equals("three"));
    } finally {
      stop.set(true);
      caller.join(60_000);
    }
    assertThat(failed).isEmpty();
  }

  @Test
  void aBadReplacementLeavesTheOldVersionServing() throws IOException {
    ladang.drop(Greeters.plugin("firm", "1.0.0", "still me").build(folder), "firm.jar");
    ladang.awaitPlugin("firm", "ACTIVE");
    Path broken =
        BundleBuilder.bundle("itest.firm")
            .version("2.0.0")
            .source(
                "itest.firm.Greeter",
                """
                package itest.firm;
                import org.ladang.kernel.LadangPlugin;
                import org.ladang.kernel.action.*;
                import org.osgi.service.component.annotations.*;
                @LadangPlugin(name = "firm")
                @Component(service = ActionSource.class)
                public final class Greeter implements ActionSource {
                  @Activate public Greeter() { throw new IllegalStateException("no soil"); }
                  @Action(description = "Greets.", role = Role.VIEWER) public String greet() { return "new"; }
                }
                """)
            .build(folder);
    ladang.drop(broken, "firm.jar");
    assertThat(ladang.reason("firm.jar")).contains("no soil");
    assertThat(ladang.shell("firm:greet").json()).isEqualTo("still me");
  }

  @Test
  void onePluginThatNeverStartsHoldsUpNoneOfThoseThatCameWithIt() throws IOException {
    List<Path> jars = new ArrayList<>();
    jars.add(
        BundleBuilder.bundle("itest.dawdles")
            .source(
                "itest.dawdles.Dawdler",
                """
                package itest.dawdles;
                import org.ladang.kernel.LadangPlugin;
                import org.ladang.kernel.action.*;
                import org.osgi.service.component.annotations.*;
                @LadangPlugin(name = "dawdles")
                @Component(service = ActionSource.class)
                public final class Dawdler implements ActionSource {
                  @Activate public Dawdler() {
                    while (true) { java.util.concurrent.locks.LockSupport.parkNanos(1_000_000_000L); }
                  }
                }
                """)
            .build(folder));
    List<String> names = List.of("brisk-a", "brisk-b", "brisk-c", "brisk-d", "brisk-e", "brisk-f");
    for (String name : names) {
      jars.add(Greeters.plugin(name, "1.0.0", name).build(folder));
    }
    for (Path jar : jars) {
      ladang.drop(jar);
    }

    for (String name : names) {
      ladang.awaitPlugin(name, "ACTIVE");
    }
    assertThat(ladang.home().resolve("deploy/.failed"))
        .as("it is still being waited for")
        .satisfiesAnyOf(
            drawer -> assertThat(drawer).doesNotExist(),
            drawer -> assertThat(drawer).isDirectoryNotContaining("glob:**dawdles*"));
    assertThat(ladang.reason(jars.get(0).getFileName().toString()))
        .contains("itest.dawdles.Dawdler")
        .contains("has not returned");
  }

  @ParameterizedTest
  @ValueSource(strings = {"noise", "empty", "truncated", "manifestless", "unresolved"})
  void aBadFileIsRefusedWithAReasonAndHarmsNobody(String kind) throws IOException {
    Path file = bad(kind);
    ladang.drop(file, kind + ".jar");
    String reason = ladang.reason(kind + ".jar");
    assertThat(reason).containsPattern("code: LADANG-\\w+-\\d{3}");
    assertThat(reason.lines().findFirst().orElse("")).contains(kind).doesNotContain("Exception");
    assertThat(ladang.shell("ladang:status").object()).containsEntry("ready", true);
  }

  private static Path bad(String kind) throws IOException {
    Path file = folder.resolve(kind + ".part");
    return switch (kind) {
      case "noise" -> Files.writeString(file, "this is no jar");
      case "empty" -> Files.write(file, new byte[0]);
      case "truncated" -> {
        byte[] whole = Files.readAllBytes(Greeters.plugin("truncated", "1.0.0", "x").build(folder));
        yield Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
      }
      case "manifestless" -> {
        try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(file))) {
          zip.putNextEntry(new java.util.zip.ZipEntry("a.txt"));
          zip.closeEntry();
        }
        yield file;
      }
      default ->
          JarBuilder.jar(file, "itest.unresolved", Map.of("Import-Package", "com.example.nowhere"));
    };
  }
}
