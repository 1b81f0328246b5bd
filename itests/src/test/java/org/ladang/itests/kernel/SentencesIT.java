package org.ladang.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.itests.field.BundleBuilder;
import org.ladang.itests.field.Field;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.kernel.swap.Swapper;

/** What is said of faults that have more than one bundle, or more than one step, in them. */
class SentencesIT {
  private static final String HANG = "ladang.test.hang";

  @TempDir Path temp;
  private final CountDownLatch over = new CountDownLatch(1);
  private Field field;

  @BeforeEach
  void start() throws Exception {
    System.getProperties().put(HANG, over);
    field = Field.start(temp.resolve("home"), Map.of("ladang.swap.deadline.millis", "2000"));
  }

  @AfterEach
  void stop() throws Exception {
    over.countDown();
    System.getProperties().remove(HANG);
    field.close();
  }

  private static BundleBuilder plugin(String name, String members, String component) {
    return BundleBuilder.bundle("itest." + name)
        .source(
            "itest." + name + ".Part",
            """
            package itest.%1$s;
            import org.ladang.kernel.LadangPlugin;
            import org.osgi.service.component.annotations.*;
            @LadangPlugin(name = "%1$s")
            @Component(%3$s)
            public class Part implements Runnable, java.util.concurrent.Callable<String>, Comparable<String> {
              %2$s
              @Override public void run() {}
              @Override public String call() { return ""; }
              @Override public int compareTo(String other) { return 0; }
            }
            """
                .formatted(name, members, component));
  }

  private Path exporting(String name, String version, String exports, String imports)
      throws IOException {
    BundleBuilder bundle = BundleBuilder.bundle(name).version(version);
    for (String pack : exports.split(",")) {
      bundle.source(
          pack.split(";")[0] + ".Stuff",
          "package " + pack.split(";")[0] + "; public class Stuff {}");
    }
    bundle.header("Export-Package", exports);
    if (!imports.isEmpty()) {
      bundle.header("Import-Package", imports);
    }
    return bundle.build(temp.resolve("jars"));
  }

  @Test
  void aUsesConflictTellsBothWays() throws Exception {
    field.plain(exporting("soil.old", "1.0.0", "com.soil;version=1.0", ""));
    field.plain(exporting("soil.new", "2.0.0", "com.soil;version=2.0", ""));
    field.plain(
        exporting(
            "pump",
            "1.0.0",
            "com.pump;version=1.0;uses:=\"com.soil\"",
            "com.soil;version=\"[1,2)\""));
    SwapOutcome outcome =
        field.apply(
            plugin("well", "", "")
                .header("Import-Package", "com.pump,com.soil;version=\"[2,3)\",*")
                .build(temp.resolve("jars")));

    SwapOutcome.Refused refused = (SwapOutcome.Refused) outcome;
    assertThat(refused.code()).isEqualTo("LADANG-SWAP-003");
    assertThat(refused.sentence())
        .startsWith("itest.well 1.0.0 would see the package com.soil from two bundles: ")
        .contains("it imports com.soil from soil.new 2.0.0")
        .contains(
            "it imports com.pump from pump 1.0.0, which imports com.soil from soil.old 1.0.0");
  }

  @Test
  void aMissingConfigurationIsNamedAtTheEndOfTheChain() throws Exception {
    field.apply(
        plugin(
                "c",
                "",
                "service = Comparable.class, configurationPid = \"com.acme.seed\","
                    + " configurationPolicy = ConfigurationPolicy.REQUIRE")
            .build(temp.resolve("jars")));
    field.apply(
        plugin("b", "@Reference Comparable<String> seed;", "service = Runnable.class")
            .build(temp.resolve("jars")));
    SwapOutcome outcome =
        field.apply(
            plugin(
                    "a",
                    "@Reference Runnable pump;",
                    "service = java.util.concurrent.Callable.class")
                .build(temp.resolve("jars")));

    assertThat(outcome).isInstanceOf(SwapOutcome.Waiting.class);
    assertThat(outcome.status().sentence())
        .isEqualTo(
            "itest.a.Part waits for service java.lang.Runnable, which itest.b.Part of itest.b offers"
                + " once it has java.lang.Comparable, which itest.c.Part of itest.c offers once it has"
                + " configuration com.acme.seed: set it with `config:set`.");
  }

  @Test
  void twoThatWaitForEachOtherAreTold() throws Exception {
    field.apply(
        plugin(
                "hen",
                "@Reference java.util.concurrent.Callable<String> egg;",
                "service = Runnable.class")
            .build(temp.resolve("jars")));
    field.apply(
        plugin("egg", "@Reference Runnable hen;", "service = java.util.concurrent.Callable.class")
            .build(temp.resolve("jars")));

    assertThat(field.service(Swapper.class).status("hen").orElseThrow().sentence())
        .contains(
            "waits for service java.util.concurrent.Callable, which itest.egg.Part of itest.egg")
        .contains("offers once it has java.lang.Runnable, which itest.hen.Part of itest.hen")
        .contains("which in turn waits for this one");
  }

  @Test
  void classesOfALaterJavaAreNamedWithBothVersions() throws Exception {
    Path jar = plugin("later", "", "").header("-noee", "true").build(temp.resolve("jars"));
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Path type = zip.getPath("itest/later/Part.class");
      byte[] bytes = Files.readAllBytes(type);
      bytes[7] = (byte) (99 + 44);
      Files.write(type, bytes);
    }
    SwapOutcome.Refused refused = (SwapOutcome.Refused) field.apply(jar);

    assertThat(refused.code()).isEqualTo("LADANG-SWAP-005");
    assertThat(refused.sentence())
        .isEqualTo(
            "itest.later 1.0.0 needs another Java version: its class itest.later.Part was compiled for"
                + " Java 99, this is Java "
                + Runtime.version().feature()
                + ".");
  }

  @Test
  void aDeactivateThatHangsIsToldWithItsThreadAndTheNewVersionServes() throws Exception {
    String hangs =
        "@Deactivate void deactivate() {"
            + " try { ((java.util.concurrent.CountDownLatch) System.getProperties().get(\"ladang.test.hang\")).await(); }"
            + " catch (InterruptedException e) { Thread.currentThread().interrupt(); } }";
    field.live(plugin("clings", hangs, "service = Runnable.class").build(temp.resolve("jars")));
    field.live(
        plugin("clings", "", "service = Runnable.class")
            .version("2.0.0")
            .build(temp.resolve("jars")));

    Events events = field.service(Events.class);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(events.recent("swap.stuck", 5)).hasSize(1));
    Event told = events.recent("swap.stuck", 5).get(0);
    assertThat(told.sentence())
        .startsWith("itest.clings 1.0.0 does not stop: thread ")
        .contains("itest.clings.Part.deactivate");
    assertThat(field.service(Swapper.class).status("clings").orElseThrow())
        .satisfies(s -> assertThat(s.entry().version()).isEqualTo("2.0.0"))
        .satisfies(s -> assertThat(s.state().name()).isEqualTo("ACTIVE"));
  }
}
