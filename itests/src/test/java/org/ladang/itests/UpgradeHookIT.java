package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.itests.field.BundleBuilder;

/** What a plugin's own hooks can say to an upgrade and a removal, and what becomes of its files. */
class UpgradeHookIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static Ladang ladang;

  @BeforeAll
  static void start() {
    ladang =
        Ladang.on(folder.resolve("home"))
            .with("LADANG_JAVA_OPTS", "-Dladang.swap.deadline.millis=4000")
            .start();
    ladang.token();
  }

  @AfterAll
  static void stop() {
    ladang.close();
  }

  /** A plugin that keeps one text in a file; its version stands behind what it reads. */
  private static Path plugin(String name, String version, String passport, String hook)
      throws IOException {
    return plugin(name, version, passport, "", hook);
  }

  private static Path plugin(
      String name, String version, String passport, String needs, String hook) throws IOException {
    return BundleBuilder.bundle("itest." + name)
        .version(version)
        .source(
            "itest." + name + ".Book",
            """
            package itest.%1$s;
            import java.io.IOException;
            import java.nio.file.*;
            import org.ladang.kernel.*;
            import org.ladang.kernel.action.*;
            import org.osgi.service.component.annotations.*;
            @LadangPlugin(name = "%1$s"%2$s)
            @Component(service = ActionSource.class)
            public final class Book implements ActionSource {
              private final PluginContext context;
              @Activate public Book(@Reference PluginContext context) { this.context = context; }
              private Path file() { return context.dataDir().resolve("book.txt"); }
              @Action(description = "Writes.", role = Role.OPERATOR)
              public void write(String text) throws IOException { Files.writeString(file(), text); }
              @Action(description = "Reads.", role = Role.VIEWER)
              public String read() throws IOException {
                return (Files.exists(file()) ? Files.readString(file()) : "nothing") + " by " + context.version();
              }
            }
            """
                .formatted(name, passport))
        .source(
            "itest." + name + ".Hook",
            """
            package itest.%1$s;
            import java.nio.file.*;
            import org.ladang.kernel.*;
            import org.osgi.service.component.annotations.*;
            @Component
            public final class Hook implements UpgradeHook {
              %2$s
              %3$s
            }
            """
                .formatted(name, needs, hook))
        .build(folder);
  }

  private static final String ONE_WAY = ", migration = LadangPlugin.Migration.ONE_WAY";
  private static final String BOTH_WAYS = ", migration = LadangPlugin.Migration.BOTH_WAYS";
  private static final String SHOUTS =
      """
      @Override public void migrate(String from, String to, Path copy) throws Exception {
        Path file = copy.resolve("book.txt");
        Files.writeString(file, Files.readString(file).toUpperCase(java.util.Locale.ROOT));
      }
      """;

  private static void drop(Path jar, String name, String version) {
    ladang.drop(jar, name + ".jar");
    Ladang.await(
        name + " " + version, SOON, () -> version.equals(ladang.plugin(name).get("version")));
  }

  private static void write(String name, String text) {
    var answer =
        ladang.http("POST", "/api/v1/actions/" + name + "/write", "{\"text\":\"" + text + "\"}");
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
  }

  private static String read(String name) {
    var answer = ladang.http("POST", "/api/v1/actions/" + name + "/read", "{}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().strip();
  }

  private static void awaitRead(String name, String text) {
    Ladang.await(name + " reads " + text, SOON, () -> read(name).contains(text));
  }

  private static Object present() {
    return ladang.shell("deploy:generations").list().get(0).get("number");
  }

  private static void rollback(Object generation) {
    Map<String, Object> attempt =
        ladang.shell("deploy:rollback", "generation=" + generation, "--yes").object();
    assertThat(attempt).containsEntry("outcome", "ROLLED_BACK");
  }

  @Test
  void aOneWayMigrationWorksOnACopyAndARollbackGoesBackToWhatWasBefore() throws IOException {
    drop(plugin("grain", "1.0.0", "", ""), "grain", "1.0.0");
    write("grain", "barley");
    Object before = present();
    Path second = plugin("grain", "2.0.0", ONE_WAY, SHOUTS);
    drop(second, "grain", "2.0.0");
    awaitRead("grain", "BARLEY by 2.0.0");
    write("grain", "rye");

    rollback(before);
    awaitRead("grain", "barley by 1.0.0");

    drop(second, "grain", "2.0.0");
    awaitRead("grain", "BARLEY by 2.0.0");
    ladang.kill9();
    ladang.start();
    awaitRead("grain", "BARLEY by 2.0.0");

    drop(plugin("grain", "1.0.0", "", ""), "grain", "1.0.0");
    awaitRead("grain", "barley by 1.0.0");
  }

  @Test
  void aMigrationBothWaysIsKeptByARollback() throws IOException {
    drop(plugin("hay", "1.0.0", "", ""), "hay", "1.0.0");
    write("hay", "clover");
    Object before = present();
    drop(plugin("hay", "2.0.0", BOTH_WAYS, SHOUTS), "hay", "2.0.0");
    awaitRead("hay", "CLOVER by 2.0.0");
    write("hay", "vetch");

    rollback(before);
    awaitRead("hay", "vetch by 1.0.0");
  }

  @Test
  void filesThatARemovedVersionLeftAreMigratedWhenALaterOneComes() throws IOException {
    drop(plugin("oats", "1.0.0", "", ""), "oats", "1.0.0");
    write("oats", "groats");
    assertThat(ladang.shell("plugin:remove", "name=oats", "--yes").exit()).isZero();
    drop(plugin("oats", "2.0.0", ONE_WAY, SHOUTS), "oats", "2.0.0");
    awaitRead("oats", "GROATS by 2.0.0");
  }

  @Test
  void aMigrationThatFailsLeavesTheFormerVersionWithItsFilesAndTellsIt() throws IOException {
    String told =
        """
        @Override public void upgradeCancelled(String from, String to) {
          try { Files.writeString(Path.of("%s"), from + " to " + to); }
          catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); }
        }
        """
            .formatted(folder.resolve("cancelled.txt"));
    drop(plugin("rice", "1.0.0", "", told), "rice", "1.0.0");
    write("rice", "paddy");
    String fails =
        """
        @Override public void migrate(String from, String to, Path copy) throws Exception {
          Files.delete(copy.resolve("book.txt"));
          throw new IllegalStateException("the mill is broken");
        }
        """;
    ladang.drop(plugin("rice", "2.0.0", ONE_WAY, fails), "rice.jar");

    assertThat(ladang.reason("rice.jar"))
        .startsWith("rice 2.0.0 says no by migrate: the mill is broken.")
        .contains("code: LADANG-SWAP-026");
    awaitRead("rice", "paddy by 1.0.0");
    assertThat(folder.resolve("cancelled.txt")).hasContent("1.0.0 to 2.0.0");
    try (Stream<Path> folders = Files.list(ladang.home().resolve("data/plugins"))) {
      assertThat(folders.map(f -> f.getFileName().toString()).filter(n -> n.contains("rice")))
          .containsExactly("rice");
    }
  }

  @Test
  void callsWaitWhileFilesAreMigrated() throws IOException {
    String slowly =
        """
        @Override public void migrate(String from, String to, Path copy) throws Exception {
          new java.util.concurrent.CountDownLatch(1).await(1500, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
        """;
    drop(plugin("wheat", "1.0.0", "", ""), "wheat", "1.0.0");
    write("wheat", "spelt");
    ladang.drop(plugin("wheat", "2.0.0", ONE_WAY, slowly), "wheat.jar");
    awaitRead("wheat", "spelt by 2.0.0");
  }

  @Test
  void aVersionMayRefuseToBeReplaced() throws IOException {
    String busy =
        """
        @Override public void beforeUpgrade(String from, String to) {
          throw new IllegalStateException("the harvest is on, " + to + " must wait");
        }
        """;
    drop(plugin("maize", "1.0.0", "", busy), "maize", "1.0.0");
    ladang.drop(plugin("maize", "2.0.0", "", ""), "maize.jar");

    assertThat(ladang.reason("maize.jar"))
        .startsWith("maize 1.0.0 says no by beforeUpgrade: the harvest is on, 2.0.0 must wait.")
        .contains("code: LADANG-SWAP-025");
    awaitRead("maize", "by 1.0.0");
  }

  @Test
  void aVersionWhoseAfterUpgradeFailsGoesBack() throws IOException {
    String sorry =
        """
        @Override public void afterUpgrade(String from, String to) {
          throw new IllegalStateException("the silo leaks");
        }
        """;
    drop(plugin("millet", "1.0.0", "", ""), "millet", "1.0.0");
    ladang.drop(plugin("millet", "2.0.0", "", sorry), "millet.jar");

    assertThat(ladang.reason("millet.jar"))
        .startsWith("millet 2.0.0 was rolled back to 1.0.0, because it said: ")
        .contains("the silo leaks");
    awaitRead("millet", "by 1.0.0");
  }

  @Test
  void aHookThatDoesNotAnswerIsNotWaitedForLong() throws IOException {
    String hangs =
        """
        @Override public void beforeUpgrade(String from, String to) {
          try { new java.util.concurrent.CountDownLatch(1).await(); } catch (InterruptedException e) { }
        }
        """;
    drop(plugin("sorghum", "1.0.0", "", hangs), "sorghum", "1.0.0");
    ladang.drop(plugin("sorghum", "2.0.0", "", ""), "sorghum.jar");
    assertThat(ladang.reason("sorghum.jar"))
        .startsWith("sorghum 1.0.0 was asked by beforeUpgrade and did not answer within 4 s.");
  }

  @Test
  void aMigrationWhoseHookNeedsTheContextIsRefused() throws IOException {
    drop(plugin("teff", "1.0.0", "", ""), "teff", "1.0.0");
    String needs = "@Reference PluginContext context;";
    ladang.drop(plugin("teff", "2.0.0", ONE_WAY, needs, SHOUTS), "teff.jar");
    assertThat(ladang.reason("teff.jar"))
        .startsWith("teff 2.0.0 declares a migration, but no UpgradeHook of it came within 4 s.")
        .contains("PluginContext", "code: LADANG-SWAP-027");
    awaitRead("teff", "by 1.0.0");
  }

  @Test
  void aPluginMayObjectToItsRemovalButNotToTheLossOfItsFile() throws IOException {
    String stays =
        """
        @Override public void beforeRemove() { throw new IllegalStateException("the barn is full"); }
        """;
    drop(plugin("durum", "1.0.0", "", stays), "durum", "1.0.0");
    Command refused = ladang.shell("plugin:remove", "name=durum", "--yes");
    assertThat(refused.exit()).isNotZero();
    assertThat(refused.toString()).contains("the barn is full", "LADANG-SWAP-029");
    awaitRead("durum", "by 1.0.0");

    Files.delete(ladang.home().resolve("deploy/durum.jar"));
    Ladang.await("durum gone", SOON, () -> ladang.plugin("durum").isEmpty());
    assertThat(ladang.shell("deploy:history", "limit=1").list().get(0).get("sentence").toString())
        .contains("durum 1.0.0 was removed.", "It was against it", "the barn is full");
  }
}
