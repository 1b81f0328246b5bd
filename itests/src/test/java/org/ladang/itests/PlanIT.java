package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.itests.field.BundleBuilder;

/** What an upgrade touches: said before, limited, and no more than that. */
class PlanIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static Ladang ladang;

  @BeforeAll
  static void start() {
    ladang = Ladang.on(folder.resolve("home")).start();
    ladang.token();
  }

  @AfterAll
  static void stop() {
    ladang.close();
  }

  /** A plain bundle with one exported package. */
  private static Path seeds(String name, String version, String says) throws IOException {
    return BundleBuilder.bundle("itest." + name + ".api")
        .version(version)
        .header("Export-Package", "itest." + name + ".api;version=" + version)
        .source(
            "itest." + name + ".api.Seed",
            "package itest.%1$s.api; public final class Seed { private Seed() {} public static String kind() { return \"%2$s\"; } }"
                .formatted(name, says))
        .build(folder);
  }

  /** A plugin that imports it. */
  private static Path sower(String name, String plugin, Path api) throws IOException {
    return BundleBuilder.bundle("itest." + plugin)
        .version("1.0.0")
        .against(api)
        .header("Import-Package", "itest." + name + ".api;version=\"[1,3)\",*")
        .source(
            "itest." + plugin + ".Sower",
            """
            package itest.%2$s;
            import org.ladang.kernel.LadangPlugin;
            import org.ladang.kernel.action.*;
            import org.osgi.service.component.annotations.*;
            @LadangPlugin(name = "%2$s")
            @Component(service = ActionSource.class)
            public final class Sower implements ActionSource {
              @Action(description = "Which seed.", role = Role.VIEWER)
              public String seed() { return itest.%1$s.api.Seed.kind(); }
            }
            """
                .formatted(name, plugin))
        .build(folder);
  }

  private static Map<String, Object> plan(String file) {
    return ladang.shell("deploy:plan", "file=" + file).object();
  }

  private static String seed(String plugin) {
    var answer = ladang.http("POST", "/api/v1/actions/" + plugin + "/seed", "{}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().strip();
  }

  @Test
  void usersOfAPlainBundleAreNamedAndGoOnWithItsNextVersion() throws IOException {
    Path one = seeds("corn", "1.0.0", "flint");
    ladang.drop(one, "corn.jar");
    ladang.drop(sower("corn", "sower", one), "sower.jar");
    ladang.awaitPlugin("sower", "ACTIVE");
    ladang.drop(Greeters.plugin("bystander", "1.0.0", "calm").build(folder), "bystander.jar");
    Object since = ladang.awaitPlugin("bystander", "ACTIVE").get("since");
    assertThat(seed("sower")).contains("flint");

    Path two = seeds("corn", "2.0.0", "dent");
    Map<String, Object> plan = plan(two.toString());
    assertThat(plan)
        .containsEntry("accepted", true)
        .containsEntry("from", "1.0.0")
        .containsEntry("to", "2.0.0")
        .containsEntry("road", "in place");
    assertThat(plan.get("touched"))
        .isEqualTo(
            List.of(
                "sower is stopped, wired anew and started again, because it imports package itest.corn.api from itest.corn.api."));
    assertThat(seed("sower")).as("a plan changes nothing").contains("flint");

    ladang.drop(two, "corn.jar");
    Ladang.await("the next version is used", SOON, () -> seed("sower").contains("dent"));
    assertThat(ladang.shell("deploy:history", "limit=1").list().get(0).get("sentence").toString())
        .contains("itest.corn.api 2.0.0 is live", "sower is stopped, wired anew");
    assertThat(ladang.plugin("bystander")).containsEntry("since", since);
    assertThat(ladang.plugin("sower")).containsEntry("state", "ACTIVE");
  }

  @Test
  void aPlainBundleThatItsUsersCannotUseGoesBack() throws IOException {
    Path one = seeds("bean", "1.0.0", "bush");
    ladang.drop(one, "bean.jar");
    ladang.drop(sower("bean", "picker", one), "picker.jar");
    ladang.awaitPlugin("picker", "ACTIVE");

    ladang.drop(seeds("bean", "4.0.0", "pole"), "bean.jar");
    assertThat(ladang.reason("bean.jar"))
        .contains("itest.picker", "itest.bean.api", "[1.0.0,3.0.0)", "found 4.0.0");
    Ladang.await(
        "the former serves", SOON, () -> "ACTIVE".equals(ladang.plugin("picker").get("state")));
    assertThat(seed("picker")).contains("bush");
    assertThat(ladang.home().resolve("deploy/bean.jar")).exists();
    ladang.stop();
    ladang.start();
    assertThat(seed("picker")).contains("bush");
  }

  @Test
  void moreThanTheLimitIsRefusedUnlessItIsForced() throws IOException {
    Path one = seeds("pea", "1.0.0", "snow");
    ladang.drop(one, "pea.jar");
    for (int i = 1; i <= 6; i++) {
      ladang.drop(sower("pea", "pod" + i, one), "pod" + i + ".jar");
    }
    for (int i = 1; i <= 6; i++) {
      ladang.awaitPlugin("pod" + i, "ACTIVE");
    }
    Path two = seeds("pea", "2.0.0", "snap");
    ladang.drop(two, "pea.jar");
    assertThat(ladang.reason("pea.jar"))
        .startsWith("itest.pea.api 2.0.0 would touch 6 others, more than the 5 that are allowed:")
        .contains("code: LADANG-DEPLOY-020", "deploy:accept pea.jar force=true");
    assertThat(seed("pod6")).contains("snow");
    assertThat(plan("pea.jar")).containsEntry("road", "none");

    Map<String, Object> attempt =
        ladang.shell("deploy:accept", "file=pea.jar", "force=true").object();
    assertThat(attempt).containsEntry("outcome", "LIVE");
    for (int i = 1; i <= 6; i++) {
      assertThat(seed("pod" + i)).contains("snap");
    }
    assertThat(ladang.home().resolve("deploy/.failed/pea.jar")).doesNotExist();
  }

  @Test
  void aProviderThatNoLongerOffersWhatOthersUseIsToldSo() throws IOException {
    Path shard = Distribution.jar("system/rooms", "org.ladang.shard.provider");
    Path bare =
        BundleCopies.with(
            shard,
            folder.resolve("shard-bare.jar"),
            main -> {
              main.putValue("Bundle-Version", "9.0.0");
              main.putValue(
                  "Provide-Capability",
                  main.getValue("Provide-Capability")
                      .replace("org.ladang.shard.ShardCluster", "org.ladang.shard.Nothing"));
            });
    ladang.drop(Distribution.jar("samples", "org.ladang.plugin.bots"), "bots.jar");
    ladang.awaitPlugin("bots", "ACTIVE");
    assertThat(plan(bare.toString()).get("touched").toString())
        .contains("bots's component", "needs org.ladang.shard.ShardCluster");
  }

  /** A plugin that offers a supplier of that colour. */
  private static Path painted(String version, String colour) throws IOException {
    return BundleBuilder.bundle("itest.paint")
        .version(version)
        .source(
            "itest.paint.Paint",
            """
            package itest.paint;
            import java.util.function.LongSupplier;
            import org.ladang.kernel.LadangPlugin;
            import org.osgi.service.component.annotations.*;
            @LadangPlugin(name = "paint")
            @Component(service = LongSupplier.class, property = {"colour=%s", "coats:Integer=2"})
            public final class Paint implements LongSupplier {
              public long getAsLong() { return 7; }
            }
            """
                .formatted(colour))
        .build(folder);
  }

  @Test
  void aTargetFilterThatNoLongerMatchesIsNamedBeforeItDoesNot() throws IOException {
    ladang.drop(painted("1.0.0", "red"), "paint.jar");
    ladang.awaitPlugin("paint", "ACTIVE");
    ladang.drop(
        BundleBuilder.bundle("itest.brush")
            .version("1.0.0")
            .source(
                "itest.brush.Brush",
                """
                package itest.brush;
                import java.util.function.LongSupplier;
                import org.ladang.kernel.LadangPlugin;
                import org.ladang.kernel.action.*;
                import org.osgi.service.component.annotations.*;
                @LadangPlugin(name = "brush")
                @Component(service = ActionSource.class)
                public final class Brush implements ActionSource {
                  private final LongSupplier paint;
                  @Activate public Brush(
                      @Reference(name = "paint", target = "(&(colour=red)(coats=2))") LongSupplier paint) {
                    this.paint = paint;
                  }
                  @Action(description = "How much.", role = Role.VIEWER)
                  public long stroke() { return paint.getAsLong(); }
                }
                """)
            .build(folder),
        "brush.jar");
    ladang.awaitPlugin("brush", "ACTIVE");

    assertThat(plan(painted("1.1.0", "red").toString()).get("touched")).isEqualTo(List.of());
    String named =
        "brush's component itest.brush.Brush is deactivated, because its reference paint asks for"
            + " java.util.function.LongSupplier with (&(colour=red)(coats=2)), which that of the new version is not.";
    Path blue = painted("2.0.0", "blue");
    assertThat(plan(blue.toString()).get("touched")).isEqualTo(List.of(named));

    ladang.drop(blue, "paint.jar");
    ladang.awaitPlugin("brush", "WAITING");
    assertThat(ladang.shell("deploy:history", "limit=1").list().get(0).get("sentence").toString())
        .contains(named);
    ladang.drop(painted("2.0.1", "red"), "paint.jar");
    ladang.awaitPlugin("brush", "ACTIVE");
  }

  @Test
  void aWrongNameIsASentence() {
    Command missing = ladang.shell("deploy:plan", "file=nowhere.jar");
    assertThat(missing.exit()).isNotZero();
    assertThat(missing.toString()).contains("LADANG-DEPLOY-021");
    assertThat(ladang.shell("deploy:accept", "file=../../etc/passwd").exit()).isNotZero();
  }
}
