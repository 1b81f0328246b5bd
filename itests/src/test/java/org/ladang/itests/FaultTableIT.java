package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ladang.itests.field.BundleBuilder;

/**
 * Every kind of bad file and of bad timing that we know, on one running distribution: each ends where it should, with
 * the sentence that it should, and a neighbour that is called all the time never notices.
 */
class FaultTableIT {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final int EACH = 5;

  @TempDir static Path folder;
  private static Ladang ladang;
  private static Neighbour neighbour;

  @BeforeAll
  static void start() throws IOException {
    ladang = Ladang.on(folder.resolve("home"));
    // What hangs is given up after so long; nothing else takes a tenth of it.
    ladang.with("LADANG_JAVA_OPTS", "-Dladang.swap.deadline.millis=3000").start();
    neighbour = Neighbour.in(ladang, folder);
  }

  @AfterEach
  void theNeighbourServed() {
    neighbour.hasServed();
  }

  @AfterAll
  static void stop() {
    if (neighbour != null) {
      neighbour.close();
    }
    ladang.close();
  }

  static Stream<Fault> faults() {
    return Stream.of(Fault.files(), Fault.places(), Fault.starts()).flatMap(f -> f);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aBadFileIsRefusedWithItsSentence(Fault fault) throws IOException {
    String file = fault.name() + ".jar";
    put(file, fault.bytes(folder));
    assertRefused(fault, file);
  }

  @Test
  void fiveOfEachKindAtOnceAreAllRefused() throws IOException {
    List<Fault> faults = Stream.concat(Fault.files(), Fault.places()).toList();
    for (Fault fault : faults) {
      byte[] bytes = fault.bytes(folder);
      for (int i = 0; i < EACH; i++) {
        put("five-" + i + "-" + fault.name() + ".jar", bytes);
      }
    }
    for (Fault fault : faults) {
      for (int i = 0; i < EACH; i++) {
        assertRefused(fault, "five-" + i + "-" + fault.name() + ".jar");
      }
    }
  }

  @Test
  void anOddFileNameIsNoFault() throws IOException {
    List<String> odd =
        List.of(
            "with blanks in it.jar",
            "100%25 %s %n.jar",
            "tänzerin-日本.jar",
            "quote'and\"double.jar",
            "-dash.jar",
            "two..dots.jar",
            "#hash?question&and.jar",
            "$(touch x);`y`.jar",
            "CAPITALS.JAR",
            "l".repeat(200) + ".jar");
    Sprouts sprouts = new Sprouts(folder);
    Map<String, Integer> expected = new TreeMap<>();
    for (int i = 0; i < odd.size(); i++) {
      ladang.drop(sprouts.jar("odd" + i, 1), odd.get(i));
      expected.put("odd" + i, 1);
    }
    List<String> names = List.copyOf(expected.keySet());
    Bed bed = new Bed(ladang, sprouts);
    bed.await("dropped", names, expected);
    for (String file : odd) {
      Files.delete(inbox(file));
    }
    bed.await("removed", names, Map.of());
  }

  @Test
  void aFolderAndALinkToNowhereAreNoFiles() throws IOException {
    Files.createDirectories(inbox("a-folder.jar"));
    Files.createSymbolicLink(inbox("a-link.jar"), folder.resolve("nowhere.jar"));
    ladang.drop(Greeters.plugin("after", "1.0.0", "after").build(folder), "after.jar");
    ladang.awaitPlugin("after", "ACTIVE");
    assertThat(inbox("a-folder.jar")).isDirectory();
    assertThat(failed("a-folder.jar.reason.txt")).doesNotExist();
    remove("after.jar", "after");
  }

  @Test
  void aSlowCopyIsTakenWhenItIsComplete() throws IOException {
    byte[] whole = Files.readAllBytes(Greeters.plugin("slow", "1.0.0", "slow").build(folder));
    int part = whole.length / 6 + 1;
    Files.write(inbox("slow.jar"), new byte[0]);
    for (int at = 0; at < whole.length; at += part) {
      long size = Files.size(inbox("slow.jar"));
      append("slow.jar", Arrays.copyOfRange(whole, at, Math.min(whole.length, at + part)));
      Duration pause = Duration.ofMillis(300);
      long end = System.nanoTime() + pause.toNanos();
      Ladang.await("the writer's pause", SOON, () -> System.nanoTime() > end);
      assertThat(inbox("slow.jar")).as("after " + size + " bytes").exists();
    }
    ladang.awaitPlugin("slow", "ACTIVE");
    remove("slow.jar", "slow");
  }

  @Test
  void aFileThatIsReplacedWhileItIsCopiedIsTheLastOne() throws IOException {
    byte[] one = Files.readAllBytes(Greeters.plugin("hasty", "1.0.0", "one").build(folder));
    Files.write(inbox("hasty.jar"), Arrays.copyOf(one, one.length / 2));
    ladang.drop(Greeters.plugin("hasty", "2.0.0", "two").build(folder), "hasty.jar");
    ladang.awaitPlugin("hasty", "ACTIVE");
    assertThat(ladang.shell("hasty:greet").json()).isEqualTo("two");
    remove("hasty.jar", "hasty");
  }

  @Test
  void theSameFileTwiceIsOnePlugin() throws IOException {
    Path jar = Greeters.plugin("twin", "1.0.0", "me").build(folder);
    ladang.drop(jar, "twin-a.jar");
    ladang.drop(jar, "twin-b.jar");
    Ladang.await(
        "one of them",
        SOON,
        () -> Files.exists(inbox("twin-a.jar")) != Files.exists(inbox("twin-b.jar")));
    ladang.awaitPlugin("twin", "ACTIVE");
    assertThat(ladang.shell("twin:greet").json()).isEqualTo("me");
    remove(Files.exists(inbox("twin-a.jar")) ? "twin-a.jar" : "twin-b.jar", "twin");
  }

  @Test
  void ofTwoFilesOfOneNameTheFirstKeepsIt() throws IOException {
    ladang.drop(Greeters.plugin("owned", "1.0.0", "first").build(folder), "owned-a.jar");
    ladang.awaitPlugin("owned", "ACTIVE");
    byte[] second =
        BadJars.bundle("thief", "Provide-Capability: ladang.plugin;ladang.plugin=owned").bytes();
    put("owned-b.jar", second);
    assertThat(reason("owned-b.jar")).contains("code: LADANG-DEPLOY-003", "itest.owned");
    assertThat(ladang.shell("owned:greet").json()).isEqualTo("first");
    remove("owned-a.jar", "owned");
  }

  @Test
  void aThousandThreadsInActivateHarmNobody() throws IOException {
    ladang.drop(
        BundleBuilder.bundle("itest.crowd")
            .source(
                "itest.crowd.Crowd",
                """
                package itest.crowd;
                import org.ladang.kernel.LadangPlugin;
                import org.ladang.kernel.action.*;
                import org.osgi.service.component.annotations.*;
                @LadangPlugin(name = "crowd")
                @Component(service = ActionSource.class)
                public final class Crowd implements ActionSource {
                  private final java.util.concurrent.CountDownLatch over = new java.util.concurrent.CountDownLatch(1);
                  @Activate void activate() {
                    for (int i = 0; i < 1000; i++) {
                      Thread thread = new Thread(null, this::await, "crowd-" + i, 64 << 10);
                      thread.setDaemon(true);
                      thread.start();
                    }
                  }
                  private void await() {
                    try { over.await(); } catch (InterruptedException e) { Thread.currentThread().interrupt(); }
                  }
                  @Deactivate void deactivate() { over.countDown(); }
                  @Action(description = "Greets.", role = Role.VIEWER) public String greet() { return "all"; }
                }
                """)
            .build(folder),
        "crowd.jar");
    // On a slow machine so many take longer than the deadline: then it is refused, and their end is
    // deactivate's.
    Ladang.await(
        "a decision",
        SOON,
        () ->
            Files.exists(failed("crowd.jar.reason.txt"))
                || ladang.plugin("crowd").containsValue("ACTIVE"));
    neighbour.hasServed();
    if (Files.exists(failed("crowd.jar"))) {
      assertThat(reason("crowd.jar")).contains("code: LADANG-SWAP-008");
      assertThat(inbox("crowd.jar")).doesNotExist();
    } else {
      remove("crowd.jar", "crowd");
    }
  }

  @Test
  void aUsesConflictIsToldInWords() throws IOException {
    for (String version : List.of("1.0.0", "2.0.0")) {
      put("soil-" + version + ".jar", soil("soil" + version.charAt(0), version, ""));
    }
    put(
        "pump.jar",
        BadJars.bundle(
                "pump",
                "Export-Package: com.pump;version=1.0;uses:=\"com.soil\"",
                "Import-Package: com.soil;version=\"[1,2)\"")
            .with("com/pump/x", "x")
            .bytes());
    Ladang.await(
        "the pump",
        SOON,
        () ->
            ladang.shell("deploy:list").list().stream()
                .anyMatch(
                    f -> "pump.jar".equals(f.get("file")) && "ACTIVE".equals(f.get("state"))));
    put(
        "conflict.jar",
        BadJars.plugin("conflict", "Import-Package: com.pump,com.soil;version=\"[2,3)\"").bytes());

    assertThat(reason("conflict.jar"))
        .startsWith("bad.conflict 0.0.0 would see the package com.soil from two bundles: ")
        .contains("it imports com.soil from bad.soil2 2.0.0")
        .contains("it imports com.pump from bad.pump 0.0.0, which imports com.soil from bad.soil1")
        .contains("code: LADANG-SWAP-003");
    for (String file : List.of("pump.jar", "soil-1.0.0.jar", "soil-2.0.0.jar")) {
      Files.delete(inbox(file));
    }
  }

  private static byte[] soil(String name, String version, String more) throws IOException {
    return BadJars.bundle(
            name,
            "Bundle-Version: " + version,
            "Export-Package: com.soil;version=" + version + more)
        .with("com/soil/x", "x")
        .bytes();
  }

  @Test
  void twoThatNeedEachOtherComeTogetherOrNotAtAll() throws IOException {
    Path hen = needing("hen", "egg");
    Path egg = needing("egg", "hen");
    ladang.drop(hen, "hen.jar");
    assertThat(reason("hen.jar")).contains("code: LADANG-DEPLOY-004", "egg");

    put("hen.jar", Files.readAllBytes(hen));
    put("egg.jar", Files.readAllBytes(egg));
    ladang.awaitPlugin("hen", "ACTIVE");
    ladang.awaitPlugin("egg", "ACTIVE");
    assertThat(ladang.shell("hen:greet").json()).isEqualTo("hen");
    Files.delete(inbox("egg.jar"));
    remove("hen.jar", "hen");
  }

  private static Path needing(String name, String other) throws IOException {
    return Greeters.plugin(name, "1.0.0", name)
        .header(
            "Require-Capability",
            "ladang.plugin;filter:=\"(ladang.plugin=" + other + ")\";effective:=active")
        .build(folder);
  }

  @Test
  void whatWaitsForAServiceOrConfigurationSaysForWhich() throws IOException {
    ladang.drop(
        waiting("thirsty", "@Reference java.util.concurrent.Callable<String> water;", ""),
        "thirsty.jar");
    ladang.drop(
        waiting(
            "unset",
            "",
            ", configurationPid = \"com.acme.seed\","
                + " configurationPolicy = ConfigurationPolicy.REQUIRE"),
        "unset.jar");
    ladang.awaitPlugin("thirsty", "WAITING");
    ladang.awaitPlugin("unset", "WAITING");
    assertThat(ladang.plugin("thirsty").get("sentence").toString())
        .contains(
            "waits for service java.util.concurrent.Callable, which no installed bundle offers");
    assertThat(ladang.plugin("unset").get("sentence").toString())
        .contains("waits for configuration com.acme.seed: set it with `config:set`");
    Files.delete(inbox("thirsty.jar"));
    remove("unset.jar", "unset");
  }

  private static Path waiting(String name, String member, String component) throws IOException {
    return BundleBuilder.bundle("itest." + name)
        .source(
            "itest." + name + ".Part",
            """
            package itest.%1$s;
            import org.ladang.kernel.LadangPlugin;
            import org.ladang.kernel.action.*;
            import org.osgi.service.component.annotations.*;
            @LadangPlugin(name = "%1$s")
            @Component(service = ActionSource.class%3$s)
            public final class Part implements ActionSource {
              %2$s
            }
            """
                .formatted(name, member, component))
        .build(folder);
  }

  @Test
  void aDeactivateThatHangsDoesNotKeepTheNewVersionFromServing() throws IOException {
    String hangs =
        "@Deactivate void go() { while (true) {"
            + " java.util.concurrent.locks.LockSupport.parkNanos(1_000_000_000L); } }";
    ladang.drop(waiting("clings", hangs, ""), "clings.jar");
    ladang.awaitPlugin("clings", "ACTIVE");
    ladang.drop(Greeters.plugin("clings", "2.0.0", "free").build(folder), "clings.jar");
    Ladang.await(
        "2.0.0 serves", SOON, () -> "2.0.0".equals(ladang.plugin("clings").get("version")));

    assertThat(ladang.shell("clings:greet").json()).isEqualTo("free");
    Ladang.await(
        "the sentence",
        SOON,
        () -> ladang.log().contains("itest.clings 1.0.0 does not stop: thread "));
    assertThat(ladang.log()).contains("itest.clings.Part.go");
    remove("clings.jar", "clings");
  }

  @Test
  void aVersionWhoseHealthTurnsRedAfterFiveSecondsIsRolledBack() throws IOException {
    ladang.drop(sickening("1.0.0", "Long.MAX_VALUE"), "wilts.jar");
    ladang.awaitPlugin("wilts", "ACTIVE");
    ladang.drop(sickening("2.0.0", "5_000_000_000L"), "wilts.jar");
    Ladang.await("2.0.0", SOON, () -> "2.0.0".equals(ladang.plugin("wilts").get("version")));

    assertThat(reason("wilts.jar"))
        .startsWith("wilts 2.0.0 was rolled back to 1.0.0, because it is unhealthy")
        .contains("code: LADANG-DEPLOY-019", "it wilts");
    assertThat(ladang.plugin("wilts")).containsEntry("version", "1.0.0");
    remove("wilts.jar", "wilts");
  }

  private static Path sickening(String version, String after) throws IOException {
    return BundleBuilder.bundle("itest.wilts")
        .version(version)
        .source(
            "itest.wilts.Leaf",
            """
            package itest.wilts;
            import org.apache.felix.hc.api.*;
            import org.ladang.kernel.LadangPlugin;
            import org.osgi.service.component.annotations.*;
            @LadangPlugin(name = "wilts")
            @Component(service = HealthCheck.class, property = {"hc.name=wilts leaf", "hc.tags=wilts"})
            public final class Leaf implements HealthCheck {
              private final long began = System.nanoTime();
              @Override public Result execute() {
                return System.nanoTime() - began < %s
                    ? new Result(Result.Status.OK, "green")
                    : new Result(Result.Status.CRITICAL, "it wilts");
              }
            }
            """
                .formatted(after))
        .build(folder);
  }

  @Test
  void aFileThatCannotBeReadIsRefused() throws IOException {
    // Every read of it fails, also for root, whom no permission stops.
    Files.createSymbolicLink(inbox("unreadable.jar"), Path.of("/proc/self/mem"));

    assertThat(reason("unreadable.jar")).contains("cannot be read", "code: LADANG-JAR-002");
    assertThat(Files.isSymbolicLink(inbox("unreadable.jar"))).isFalse();
  }

  @Test
  void whatDoesNotResolveIsReportedOnceAndNotAtEachLaterDeployment() throws IOException {
    put("once.jar", BadJars.plugin("once", "Import-Package: com.example.never").bytes());
    reason("once.jar");
    for (String version : List.of("1.0.0", "2.0.0", "3.0.0")) {
      ladang.drop(Greeters.plugin("later", version, version).build(folder), "later.jar");
      Ladang.await(version, SOON, () -> version.equals(ladang.plugin("later").get("version")));
    }

    assertThat(ladang.shell("deploy:history", "limit=200").list())
        .filteredOn(a -> "once.jar".equals(a.get("file")))
        .hasSize(1);
    assertThat(ladang.log().lines().filter(l -> l.contains("com.example.never")))
        .as("in the log")
        .hasSizeLessThanOrEqualTo(1);
    remove("later.jar", "later");
  }

  private static void assertRefused(Fault fault, String file) throws IOException {
    String reason = reason(file);
    assertThat(reason).contains("code: LADANG-" + fault.code() + "\n");
    String sentence = reason.lines().findFirst().orElse("");
    assertThat(sentence).contains(fault.words()).endsWith(".");
    // The reason is written first, so that nobody finds a file without one.
    Ladang.await(file + " to be put away", SOON, () -> Files.notExists(inbox(file)));
    assertThat(failed(file)).exists();
  }

  private static void remove(String file, String plugin) throws IOException {
    Files.delete(inbox(file));
    Ladang.await(plugin + " removed", SOON, () -> ladang.plugin(plugin).isEmpty());
  }

  private static void put(String file, byte[] content) throws IOException {
    Path part = Files.write(inbox("." + file + ".part"), content);
    Files.move(part, inbox(file), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void append(String file, byte[] content) throws IOException {
    Files.write(inbox(file), content, StandardOpenOption.APPEND);
  }

  private static Path inbox(String file) {
    return ladang.home().resolve("deploy").resolve(file);
  }

  private static Path failed(String file) {
    return inbox(".failed").resolve(file);
  }

  private static String reason(String file) {
    return ladang.reason(file, SOON);
  }
}
