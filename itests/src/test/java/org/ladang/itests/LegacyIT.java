package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.itests.field.BundleBuilder;

/** A module of old, its life beside its successor, and its end, on the real distribution. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LegacyIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static Ladang ladang;

  @BeforeAll
  static void start() {
    ladang = Ladang.on(folder.resolve("home"));
    ladang.with("LADANG_JAVA_OPTS", "-Xlog:class+load:file=" + classes()).start();
  }

  @AfterAll
  static void stop() {
    ladang.close();
  }

  /** A plugin as it was written before anybody had heard of bundles: compiled, zipped, with a services file. */
  private static Path legacy(String version, String answer) throws IOException {
    return BundleBuilder.bundle("none")
        .against(Distribution.jar("system/base", "org.ladang.registry.api"))
        .source(
            "com.acme.wells.Wells",
            """
            package com.acme.wells;
            import java.util.Map;
            import java.util.concurrent.*;
            import org.ladang.registry.*;
            public final class Wells implements Plugin {
              private volatile String name = "nobody";
              public CompletionStage<Void> initialize(PluginInfo info) {
                name = info.name() + " " + info.version();
                return CompletableFuture.completedFuture(null);
              }
              public CompletionStage<Object> execute(String action, Map<String, Object> arguments) {
                return CompletableFuture.completedFuture("%s, says " + name);
              }
              public CompletionStage<Void> cleanup() { return CompletableFuture.completedFuture(null); }
              public CompletionStage<PluginHealth> health() {
                return CompletableFuture.completedFuture(PluginHealth.healthy());
              }
            }
            """
                .formatted(answer))
        .plainJar(
            folder,
            "wells-" + version + ".jar",
            Map.of(
                "META-INF/services/org.ladang.registry.Plugin",
                "com.acme.wells.Wells\n",
                "META-INF/maven/com.acme/wells/pom.properties",
                "groupId=com.acme\nartifactId=wells\nversion=" + version + "\n"));
  }

  /** Whether the wrapper's class was loaded, and with it bndlib's. */
  private static boolean wrapperIsAwake() throws IOException {
    return Files.readString(classes()).contains("org.ladang.deploy.legacy.BndWrapper");
  }

  private static Path classes() {
    return folder.resolve("classes.log");
  }

  private static Object call(String plugin) {
    return ladang.shell("plugin:exec", "name=" + plugin, "action=depth").json();
  }

  private static Map<String, Object> migration(String name) {
    return ladang.shell("plugin:migration").list().stream()
        .filter(m -> name.equals(m.get("name")))
        .findFirst()
        .orElse(Map.of());
  }

  private static void awaitCall(String answer) {
    Ladang.await(
        answer,
        SOON,
        () -> {
          Command result = ladang.shell("plugin:exec", "name=wells", "action=depth");
          return result.exit() == 0 && answer.equals(result.json());
        });
  }

  @Test
  @Order(1)
  void aJarWithAServicesFileIsAPlugin() throws IOException {
    assertThat(wrapperIsAwake()).as("before the first legacy jar").isFalse();
    ladang.drop(legacy("1.4", "nine metres"), "wells.jar");
    ladang.awaitPlugin("wells-legacy", "ACTIVE");
    assertThat(wrapperIsAwake()).isTrue();

    assertThat(call("wells")).isEqualTo("nine metres, says wells-legacy 1.4.0");
    assertThat(ladang.plugin("wells-legacy")).containsEntry("health", "healthy");
    assertThat(migration("wells"))
        .containsEntry("bundle", "com.acme.wells.legacy")
        .containsEntry("file", "wells.jar")
        .containsEntry("calls", "LEGACY")
        .containsEntry("successor", "");
  }

  @Test
  @Order(2)
  void aNewerJarReplacesItAsAnyOtherPlugin() throws IOException {
    ladang.drop(legacy("1.5", "ten metres"), "wells.jar");

    awaitCall("ten metres, says wells-legacy 1.5.0");
    assertThat(ladang.shell("deploy:history", "limit=1").list().get(0))
        .containsEntry("outcome", "LIVE")
        .containsEntry("version", "1.5.0");
  }

  @Test
  @Order(3)
  void aRollbackBringsTheFormerJarBack() throws IOException {
    byte[] newer = Files.readAllBytes(inbox("wells.jar"));
    ladang.shell("deploy:rollback", "--yes").object();
    awaitCall("nine metres, says wells-legacy 1.4.0");
    assertThat(Files.readAllBytes(inbox("wells.jar"))).isNotEqualTo(newer);

    ladang.shell("deploy:rollback", "--yes").object();
    awaitCall("ten metres, says wells-legacy 1.5.0");
    assertThat(Files.readAllBytes(inbox("wells.jar"))).as("the jar as it came").isEqualTo(newer);
  }

  @Test
  @Order(4)
  void itsSuccessorRunsBesideItAndCallsGoToEither() throws IOException {
    ladang.drop(successor(), "new-wells.jar");
    ladang.awaitPlugin("wells", "ACTIVE");
    awaitCall("eleven metres");
    assertThat(migration("wells"))
        .containsEntry("successor", "wells")
        .containsEntry("successorVersion", "2.0.0")
        .containsEntry("successorState", "ACTIVE")
        .containsEntry("calls", "OSGI");

    assertThat(ladang.shell("plugin:prefer", "name=wells", "way=legacy").object())
        .containsEntry("calls", "LEGACY");
    awaitCall("ten metres, says wells-legacy 1.5.0");
    assertThat(ladang.shell("wells:depth").json())
        .as("a declared action")
        .isEqualTo("eleven metres");
  }

  @Test
  @Order(5)
  void aRestartBringsBothBackAndKnowsWhatWasPreferred() {
    ladang.kill9();
    ladang.start();

    assertThat(call("wells")).isEqualTo("ten metres, says wells-legacy 1.5.0");
    assertThat(call("wells-legacy")).isEqualTo("ten metres, says wells-legacy 1.5.0");
    assertThat(
            ladang.shell("deploy:history", "limit=50").list().stream()
                .filter(a -> "wells.jar".equals(a.get("file")))
                .filter(a -> "LIVE".equals(a.get("outcome"))))
        .as("not taken again")
        .hasSize(2);
    ladang.shell("plugin:prefer", "name=wells", "way=osgi").object();
    awaitCall("eleven metres");
  }

  @Test
  @Order(6)
  void aStoppedSuccessorLetsTheOldOneAnswer() {
    ladang.shell("plugin:stop", "name=wells").object();
    awaitCall("ten metres, says wells-legacy 1.5.0");
    assertThat(migration("wells").get("sentence").toString())
        .isEqualTo(
            "Calls go to the legacy jar, because wells 2.0.0 does not serve: it is stopped.");
    ladang.shell("plugin:start", "name=wells").object();
    awaitCall("eleven metres");
  }

  @Test
  @Order(7)
  void theMigrationEndsWhenTheOldJarGoes() {
    ladang.shell("plugin:remove", "name=wells-legacy", "--yes").object();

    awaitCall("eleven metres");
    assertThat(migration("wells")).isEmpty();
    assertThat(inbox("wells.jar")).doesNotExist();
  }

  @Test
  @Order(8)
  void aLibraryAndItsServicesAreThereForOthers() throws IOException {
    Path library =
        BundleBuilder.bundle("none")
            .source(
                "com.acme.codec.Codec",
                "package com.acme.codec; public interface Codec { String code(String text); }")
            .source(
                "com.acme.codec.Upper",
                "package com.acme.codec; public final class Upper implements Codec {"
                    + " public String code(String t) { return t.toUpperCase(java.util.Locale.ROOT); } }")
            .plainJar(
                folder,
                "codec-2.1.jar",
                Map.of("META-INF/services/com.acme.codec.Codec", "com.acme.codec.Upper\n"));
    ladang.drop(library, "codec-2.1.jar");
    Ladang.await("the library", SOON, () -> !migration("codec").isEmpty());
    assertThat(migration("codec")).containsEntry("version", "2.1.0").containsEntry("plugin", false);

    ladang.drop(
        BundleBuilder.bundle("itest.coder")
            .against(library)
            .source(
                "itest.coder.Coder",
                """
                package itest.coder;
                import com.acme.codec.Codec;
                import org.ladang.kernel.LadangPlugin;
                import org.ladang.kernel.action.*;
                import org.osgi.service.component.annotations.*;
                @LadangPlugin(name = "coder")
                @Component(service = ActionSource.class)
                public final class Coder implements ActionSource {
                  @Reference Codec codec;
                  @Action(description = "Codes.", role = Role.VIEWER)
                  public String code() { return codec.code("seed"); }
                }
                """)
            .build(folder),
        "coder.jar");
    ladang.awaitPlugin("coder", "ACTIVE");
    assertThat(ladang.shell("coder:code").json()).isEqualTo("SEED");
  }

  @Test
  @Order(9)
  void whereLegacyIsOffTheSentenceSaysSo() throws IOException {
    ladang
        .shell("config:set", "pid=org.ladang.deploy.provider.DeployRoom", "key=legacy", "value=off")
        .succeeded();
    Path reason = inbox(".failed").resolve("refused.jar.reason.txt");
    Path jar = legacy("1.6", "twelve metres");
    Ladang.await(
        "a refusal",
        SOON,
        () -> {
          if (!Files.exists(inbox("refused.jar")) && !Files.exists(reason)) {
            ladang.drop(jar, "refused.jar");
          }
          return Files.exists(reason);
        });
    assertThat(Files.readString(reason))
        .startsWith(
            "The file refused.jar is a jar without OSGi metadata, and such are not let in here.")
        .contains("code: LADANG-LEGACY-001");
    assertThat(migration("codec")).as("what runs keeps running").containsEntry("state", "ACTIVE");
  }

  private static Path successor() throws IOException {
    return BundleBuilder.bundle("com.acme.wells")
        .version("2.0.0")
        .source(
            "com.acme.wells.Depths",
            """
            package com.acme.wells;
            import org.ladang.kernel.LadangPlugin;
            import org.ladang.kernel.action.*;
            import org.osgi.service.component.annotations.*;
            @LadangPlugin(name = "wells")
            @Component(service = ActionSource.class)
            public final class Depths implements ActionSource {
              @Action(description = "Says how deep it is.", role = Role.VIEWER)
              public String depth() { return "eleven metres"; }
            }
            """)
        .build(folder);
  }

  private static Path inbox(String file) {
    return ladang.home().resolve("deploy").resolve(file);
  }
}
