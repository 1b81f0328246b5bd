package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.itests.field.BundleBuilder;

/** Versions that are not what they should be, on the real distribution. */
class UpgradeIT {
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

  /** A plugin with a health check and a smoke action. */
  private static Path plugin(String name, String version, String health, String smoke)
      throws IOException {
    return BundleBuilder.bundle("itest." + name)
        .version(version)
        .source(
            "itest." + name + ".Greeter",
            """
            package itest.%1$s;
            import org.apache.felix.hc.api.*;
            import org.ladang.kernel.LadangPlugin;
            import org.ladang.kernel.action.*;
            import org.osgi.service.component.annotations.*;
            @LadangPlugin(name = "%1$s", smoke = "works")
            @Component(service = {ActionSource.class, HealthCheck.class},
                property = {"hc.name=%1$s check", "hc.tags=%1$s"})
            public final class Greeter implements ActionSource, HealthCheck {
              private final long began = System.nanoTime();
              @Action(description = "Greets.", role = Role.VIEWER) public String greet() { return "%2$s"; }
              @Action(description = "Says whether it works.", role = Role.VIEWER) public String works() { %4$s }
              @Override public Result execute() { return %3$s; }
            }
            """
                .formatted(name, version, health, smoke))
        .build(folder);
  }

  private static final String WELL = "new Result(Result.Status.OK, \"All is well.\")";
  private static final String WORKS = "return \"yes\";";

  @Test
  void aVersionWhoseHealthIsRedIsNotTaken() throws IOException {
    ladang.drop(plugin("red", "1.0.0", WELL, WORKS), "red.jar");
    ladang.awaitPlugin("red", "ACTIVE");
    String sick = "new Result(Result.Status.CRITICAL, \"The well is dry.\")";
    ladang.drop(plugin("red", "2.0.0", sick, WORKS), "red.jar");

    assertThat(ladang.reason("red.jar"))
        .startsWith("red 2.0.0 is not taken: its health check says CRITICAL: The well is dry.")
        .contains("code: LADANG-DEPLOY-018");
    assertThat(ladang.shell("red:greet").json()).isEqualTo("1.0.0");
  }

  @Test
  void aVersionWhoseOwnCheckFailsIsNotTaken() throws IOException {
    ladang.drop(plugin("smoke", "1.0.0", WELL, WORKS), "smoke.jar");
    ladang.awaitPlugin("smoke", "ACTIVE");
    ladang.drop(
        plugin("smoke", "2.0.0", WELL, "throw new IllegalStateException(\"no pump\");"),
        "smoke.jar");

    assertThat(ladang.reason("smoke.jar"))
        .startsWith("smoke 2.0.0 is not taken: its own check works failed with")
        .contains("no pump", "code: LADANG-SWAP-022");
    assertThat(ladang.shell("smoke:greet").json()).isEqualTo("1.0.0");
  }

  @Test
  void aVersionThatSickensIsRolledBackAndStaysSoOverARestart() throws IOException {
    ladang.drop(plugin("late", "1.0.0", WELL, WORKS), "late.jar");
    ladang.awaitPlugin("late", "ACTIVE");
    String sickens =
        "System.nanoTime() - began < 1_500_000_000L ? "
            + WELL
            + " : new Result(Result.Status.CRITICAL, \"The pump is hot.\")";
    ladang.drop(plugin("late", "2.0.0", sickens, WORKS), "late.jar");
    Ladang.await("2.0.0 serves", SOON, () -> ladang.shell("late:greet").json().equals("2.0.0"));

    Ladang.await(
        "1.0.0 serves again", SOON, () -> ladang.shell("late:greet").json().equals("1.0.0"));
    assertThat(ladang.reason("late.jar"))
        .startsWith("late 2.0.0 was rolled back to 1.0.0, because it is unhealthy")
        .contains("The pump is hot.");
    assertThat(ladang.shell("deploy:history", "limit=1").list().get(0))
        .containsEntry("outcome", "ROLLED_BACK");
    ladang.kill9();
    ladang.start();
    assertThat(ladang.shell("late:greet").json()).isEqualTo("1.0.0");
  }

  @Test
  void aGenerationIsGoneBackTo() throws IOException {
    ladang.drop(plugin("kept", "1.0.0", WELL, WORKS), "kept.jar");
    ladang.awaitPlugin("kept", "ACTIVE");
    List<Map<String, Object>> before = ladang.shell("deploy:generations").list();
    ladang.drop(plugin("kept", "2.0.0", WELL, WORKS), "kept.jar");
    Ladang.await("2.0.0 serves", SOON, () -> ladang.shell("kept:greet").json().equals("2.0.0"));

    Object number = before.get(0).get("number");
    Map<String, Object> attempt =
        ladang.shell("deploy:rollback", "generation=" + number, "--yes").object();
    assertThat(attempt).containsEntry("outcome", "ROLLED_BACK");
    assertThat(attempt.get("sentence").toString()).contains("kept 2.0.0 → 1.0.0");
    assertThat(ladang.shell("kept:greet").json()).isEqualTo("1.0.0");
    assertThat(ladang.shell("deploy:rollback", "generation=4711", "--yes").exit()).isNotZero();
  }

  @Test
  void theStoreForgetsWhatNoKeptGenerationNames() throws IOException {
    for (int version = 1; version <= 12; version++) {
      String wanted = version + ".0.0";
      ladang.drop(plugin("brief", wanted, WELL, WORKS), "brief.jar");
      Ladang.await(
          wanted + " serves", SOON, () -> wanted.equals(ladang.plugin("brief").get("version")));
    }
    long before = stored();
    ladang.stop();
    ladang.start();
    assertThat(ladang.shell("brief:greet").json()).isEqualTo("12.0.0");
    assertThat(stored()).isLessThan(before);
  }

  private static long stored() throws IOException {
    try (var files = Files.walk(ladang.home().resolve("data/store"))) {
      return files.filter(f -> f.toString().endsWith(".jar")).count();
    }
  }
}
