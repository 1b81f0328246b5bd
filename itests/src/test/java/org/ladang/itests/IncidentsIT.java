package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Something goes wrong, and somebody looks at the first page: the right name and the right cause stand in the first
 * viewport, without a click. Each incident cleans up after itself, so that it alone is to be seen.
 */
class IncidentsIT {
  private static final String PASSWORD = "a long one for the tests";
  private static final int HEIGHT = 900;

  @TempDir static Path folder;
  private static Ladang ladang;
  private static Chromium chromium;
  private BrowserContext visitor;
  private Page page;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    ladang =
        Ladang.on(folder.resolve("home"))
            .with("LADANG_JAVA_OPTS", "-Dladang.restart.millis=100")
            .start();
    ladang.token();
    user("ann");
    user("root");
  }

  private static void user(String name) {
    var answer =
        ladang.http(
            "POST",
            "/api/v1/actions/security/create_user",
            "{\"name\":\"" + name + "\",\"role\":\"ADMIN\",\"password\":\"" + PASSWORD + "\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (ladang != null) {
      ladang.close();
    }
  }

  @BeforeEach
  void visit() {
    visitor =
        chromium.visitor("http://127.0.0.1:" + ladang.port(), ColorScheme.LIGHT, 1280, HEIGHT);
    page = visitor.newPage();
    Chromium.signIn(page, "ann", PASSWORD);
  }

  @AfterEach
  void leave() {
    visitor.close();
    assertThat(chromium.troubles()).isEmpty();
  }

  @Test
  void aPluginThrowsInActivateAndTheOldVersionServesOn() throws IOException {
    ladang.drop(Greeters.plugin("billing", "2.0.4", "paid").build(folder), "billing.jar");
    ladang.awaitPlugin("billing", "ACTIVE");
    ladang.drop(Sick.throwsInActivate("billing", "2.1.0", folder), "billing.jar");
    seen("throws-in-activate", "billing 2.1.0", "the pump is dry", "2.0.4 goes on serving");
    ladang.drop(Greeters.plugin("billing", "2.1.1", "paid").build(folder), "billing.jar");
    gone("billing 2.1.0");
    remove("billing");
  }

  @Test
  void aPackageIsMissing() throws IOException {
    ladang.drop(Sick.needsAPackage("seeder", folder), "seeder.jar");
    seen("missing-package", "seeder", "com.nowhere.seeds");
    ladang.drop(Greeters.plugin("seeder", "1.0.1", "x").build(folder), "seeder.jar");
    gone("com.nowhere.seeds");
    remove("seeder");
  }

  @Test
  void aHealthCheckIsRed() throws IOException {
    Path sign = folder.resolve("rotten");
    ladang.drop(Sick.unwell("orchard", sign, folder));
    ladang.awaitPlugin("orchard", "ACTIVE");
    Files.createFile(sign);
    seen("health-red", "orchard", "the roots rot");
    remove("orchard");
    gone("the roots rot");
  }

  @Test
  void theDiskIsNearlyFull() {
    set("org.ladang.health.disk", "degradedBelowMebibytes", "100000000");
    seen("disk-nearly-full", "Disk", "MiB are free on the disk");
    set("org.ladang.health.disk", "degradedBelowMebibytes", "1");
    gone("MiB are free on the disk");
  }

  @Test
  void aConfigurationIsRefused() throws IOException {
    Path file = ladang.home().resolve("conf").resolve("org.ladang.health.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"timeoutMillis\": \"soon\"}");
    seen("configuration-refused", "timeoutMillis");
    Files.delete(file);
    gone("timeoutMillis");
  }

  @Test
  void aPasswordIsGuessed() {
    for (int i = 0; i < 6; i++) {
      ladang.http(
          "POST", "/api/v1/session", "{\"user\":\"root\",\"password\":\"" + i + "\"}", Map.of());
    }
    seen("login-guessed", "root", "guesses the password of root");
  }

  @Test
  void aPluginIsSlow() throws IOException {
    ladang.drop(Sick.slow("snail", folder));
    ladang.awaitPlugin("snail", "ACTIVE");
    for (int i = 0; i < 3; i++) {
      ladang.http("POST", "/api/v1/actions/snail/greet", "{}");
    }
    seen("plugin-slow", "snail", "slow");
    remove("snail");
  }

  @Test
  void errorsComeInABurst() throws IOException {
    ladang.drop(Sick.failing("thistle", folder));
    ladang.awaitPlugin("thistle", "ACTIVE");
    for (int i = 0; i < 12; i++) {
      ladang.http("POST", "/api/v1/actions/thistle/greet", "{}");
    }
    seen("burst-of-errors", "thistle", "calls failed in the last five minutes");
    remove("thistle");
  }

  @Test
  void aReplicaFileIsDeleted() throws IOException {
    ladang.drop(Distribution.jar("samples", "org.ladang.plugin.bots"), "bots.jar");
    ladang.awaitPlugin("bots", "ACTIVE");
    var created = ladang.http("POST", "/api/v1/actions/bots/create_bot", "{\"id\":\"mint\"}");
    assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
    ladang.stop();
    Path replica = replica();
    String shard = replica.getParent().getFileName().toString();
    Files.delete(replica);
    ladang.start();
    var verified = ladang.http("POST", "/api/v1/actions/shard/verify", "{}");
    assertThat(verified.statusCode()).as(verified.body()).isEqualTo(200);
    visitor.close();
    visit();
    seen("replica-deleted", shard, "replica");
    var rebuilt =
        ladang.http("POST", "/api/v1/actions/shard/rebuild", "{\"shard\":\"" + shard + "\"}");
    assertThat(rebuilt.statusCode()).as(rebuilt.body()).isEqualTo(200);
    gone(shard);
    remove("bots");
  }

  /** One that has rows: shards are made when something is put into them. */
  private static Path replica() throws IOException {
    try (Stream<Path> files = Files.walk(ladang.home().resolve("data/replicas"))) {
      return files.filter(f -> f.endsWith("replica.mv.db")).findFirst().orElseThrow();
    }
  }

  @Test
  void aPluginIsQuarantined() throws IOException {
    Path sign = folder.resolve("mildew");
    ladang.drop(Sick.fragile("vine", sign, folder));
    ladang.awaitPlugin("vine", "ACTIVE");
    Files.createFile(sign);
    ladang.http("POST", "/api/v1/actions/vine/wither", "{}");
    seen("plugin-quarantined", "vine", "failed 5 times", "mildew");
    Files.delete(sign);
    page.locator("#attention li:has-text(\"vine\") button:has-text(\"Try it again\")").click();
    gone("vine");
    remove("vine");
  }

  /** Without the registry nobody says how the plugins are: that they are well must not be read from it. */
  @Test
  void aRoomIsStoppedFromOutside() throws IOException {
    Path sign = Files.createFile(folder.resolve("weevil"));
    ladang.drop(Sick.stops("org.ladang.registry.provider", sign, folder), "weevil.jar");
    seen("room-silent", "registry", "does not answer", "stopped from outside");
    assertThat(page.textContent("#verdict"))
        .contains("registry", "Since")
        .doesNotContain("Healthy");
    Files.delete(sign);
    Path provider = Distribution.jar("system/rooms", "org.ladang.registry.provider");
    ladang.drop(
        BundleCopies.withVersion(provider, folder.resolve("registry-next.jar"), "0.1.1"),
        "registry-next.jar");
    gone("registry");
    Files.delete(ladang.home().resolve("deploy/weevil.jar"));
  }

  /** Name and cause stand in the first viewport, in the verdict or in what needs attention. */
  private void seen(String incident, String name, String... causes) {
    Locator need = page.locator("#attention li", new Page.LocatorOptions().setHasText(name));
    for (String cause : causes) {
      need = need.filter(new Locator.FilterOptions().setHasText(cause));
    }
    need.first().waitFor();
    Chromium.shot(page, "incident-" + incident);
    BoundingBox box = need.first().boundingBox();
    assertThat(box.y + box.height).as("stands in the first viewport").isLessThanOrEqualTo(HEIGHT);
    assertThat(page.textContent("#verdict")).containsAnyOf("Degraded", "Unhealthy");
    assertThat(need.first().locator("button, a").count()).as("has a next step").isPositive();
    assertThat(need.first().locator("time").count()).as("says since when").isPositive();
  }

  private void gone(String text) {
    page.waitForCondition(
        () -> page.locator("#attention li:has-text(\"" + text + "\")").count() == 0);
  }

  private static void remove(String plugin) {
    var answer =
        ladang.http("POST", "/api/v1/actions/plugin/remove", "{\"name\":\"" + plugin + "\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static void set(String pid, String key, String value) {
    var answer =
        ladang.http(
            "POST",
            "/api/v1/actions/config/set",
            "{\"pid\":\"" + pid + "\",\"key\":\"" + key + "\",\"value\":" + value + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
