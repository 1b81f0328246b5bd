package org.ladang.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.itests.field.Field;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Generations;
import org.ladang.kernel.swap.LadangRuntime;
import org.ladang.kernel.swap.Quarantine;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.kernel.swap.Swapper;

/** A plugin that fails after it had run is restarted with patience, and in the end left alone. */
class QuarantineIT {
  private static final String ILL = "ladang.test.ill";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path temp;
  private Greeters greeters;
  private Field field;

  @BeforeEach
  void start() throws Exception {
    greeters = new Greeters(temp.resolve("jars"));
    greeters.api();
    field = field();
    field.live(neighbour());
  }

  @AfterEach
  void stop() throws Exception {
    System.clearProperty(ILL);
    field.close();
  }

  @Test
  void aPluginThatWasStoppedFromOutsideComesBack() throws Exception {
    deployed(fragile("1.0.0"));

    field.bundles("org.example.fragile").get(0).stop();

    await().atMost(PATIENCE).until(() -> event("swap.restart").contains("stopped from outside"));
    await().atMost(PATIENCE).until(() -> state() == Condition.ACTIVE);
    assertThat(neighbourState()).isEqualTo(Condition.ACTIVE);
  }

  @Test
  void aPluginThatKeepsFailingIsQuarantinedAlsoAfterARestartUntilItIsReleased() throws Exception {
    deployed(fragile("1.0.0"));
    System.setProperty(ILL, "true");
    field.bundles("org.example.fragile").get(0).stop();

    await().atMost(PATIENCE).until(() -> state() == Condition.QUARANTINED);
    assertThat(status().code()).isEqualTo("LADANG-SWAP-023");
    assertThat(status().sentence())
        .contains("failed 5 times within")
        .contains("java.lang.IllegalStateException: mildew")
        .contains("plugin:release fragile");
    assertThat(field.bundles("org.example.fragile")).as("nothing is left of it").isEmpty();
    assertThat(neighbourState()).isEqualTo(Condition.ACTIVE);
    assertThat(field.service(Generations.class).current().bundle("org.example.fragile"))
        .as("the generation keeps it")
        .isPresent();

    field.close();
    field = field();
    await().atMost(PATIENCE).until(() -> field.service(LadangRuntime.class).ready());
    assertThat(state()).isEqualTo(Condition.QUARANTINED);
    assertThat(field.bundles("org.example.fragile")).isEmpty();

    Quarantine quarantine = field.service(Quarantine.class);
    System.clearProperty(ILL);
    assertThat(quarantine.release("fragile")).isInstanceOf(SwapOutcome.Live.class);
    assertThat(state()).isEqualTo(Condition.ACTIVE);
    assertThatThrownBy(() -> quarantine.release("fragile"))
        .isInstanceOfSatisfying(
            LadangException.class, e -> assertThat(e.code()).isEqualTo("LADANG-SWAP-024"));
  }

  @Test
  void aPluginThatNoLongerStartsAtBootIsRestartedOnceItCan() throws Exception {
    deployed(fragile("1.0.0"));
    field.close();
    System.setProperty(ILL, "true");
    field = field();
    await().atMost(PATIENCE).until(() -> field.service(LadangRuntime.class).ready());
    await().atMost(PATIENCE).until(() -> event("swap.restart").contains("mildew"));

    System.clearProperty(ILL);

    await().atMost(PATIENCE).until(() -> state() == Condition.ACTIVE);
  }

  @Test
  void anotherVersionEndsTheQuarantine() throws Exception {
    deployed(fragile("1.0.0"));
    System.setProperty(ILL, "true");
    field.bundles("org.example.fragile").get(0).stop();
    await().atMost(PATIENCE).until(() -> state() == Condition.QUARANTINED);
    System.clearProperty(ILL);

    deployed(fragile("1.0.1"));

    assertThat(state()).isEqualTo(Condition.ACTIVE);
    assertThat(status().entry().version()).isEqualTo("1.0.1");
  }

  @Test
  void aNewPluginThatIsRefusedIsNotTriedAgain() throws Exception {
    System.setProperty(ILL, "true");
    assertThat(field.apply(fragile("1.0.0"))).isInstanceOf(SwapOutcome.Refused.class);

    field.bundles("org.example.neighbour").get(0).stop();
    await().atMost(PATIENCE).until(() -> event("swap.restart").contains("neighbour"));
    await().atMost(PATIENCE).until(() -> neighbourState() == Condition.ACTIVE);

    assertThat(field.service(Events.class).recent("swap.restart", 100))
        .extracting(Event::subject)
        .containsOnly("neighbour");
  }

  private Field field() throws Exception {
    Field started = Field.start(temp.resolve("home"), Map.of("ladang.restart.millis", "60"));
    started.plain(temp.resolve("jars/org.example.api-1.0.0.jar"));
    return started;
  }

  /** As deploy does it: what is live is named by the next generation. */
  private void deployed(Path jar) {
    SwapOutcome outcome = field.apply(jar);
    assertThat(outcome).isInstanceOf(SwapOutcome.Live.class);
    field
        .service(Generations.class)
        .commit(
            "test",
            "A plugin.",
            content ->
                new Generations.Content(
                    java.util.stream.Stream.concat(
                            content.bundles().stream()
                                .filter(
                                    b ->
                                        !b.symbolicName()
                                            .equals(outcome.status().entry().symbolicName())),
                            List.of(outcome.status().entry()).stream())
                        .toList(),
                    content.inbox()));
  }

  private String event(String type) {
    return field.service(Events.class).recent(type, 100).stream()
        .map(Event::sentence)
        .reduce("", (a, b) -> a + "\n" + b);
  }

  private BundleStatus status() {
    return field.service(Swapper.class).status("fragile").orElseThrow();
  }

  private Condition state() {
    return status().state();
  }

  private Condition neighbourState() {
    return field.service(Swapper.class).status("neighbour").orElseThrow().state();
  }

  private Path fragile(String version) throws Exception {
    return plugin(
        "fragile",
        version,
        "if (Boolean.getBoolean(\""
            + ILL
            + "\")) { throw new IllegalStateException(\"mildew\"); }");
  }

  private Path neighbour() throws Exception {
    return plugin("neighbour", "1.0.0", "");
  }

  private Path plugin(String name, String version, String activate) throws Exception {
    return Greeters.plugin("org.example." + name, name, version, "")
        .against(temp.resolve("jars/org.example.api-1.0.0.jar"))
        .source(
            "org.example." + name + ".It",
            """
            package org.example.NAME;
            import org.osgi.service.component.annotations.*;
            @Component(immediate = true)
            public class It implements org.example.api.Greeter {
              @Activate void activate() { ACTIVATE }
              @Override public String greet(String name) { return "NAME " + name; }
            }
            """
                .replace("NAME", name)
                .replace("ACTIVATE", activate))
        .build(temp.resolve("jars"));
  }
}
