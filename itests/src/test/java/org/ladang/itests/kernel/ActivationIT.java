package org.ladang.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.itests.field.Field;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.kernel.swap.Swapper;

/** What a component does while it is activated costs a sentence, not the runtime. */
class ActivationIT {
  private static final String HOOK = "ladang.test.activate";

  @TempDir Path temp;
  private Greeters greeters;
  private Field field;
  private final AtomicInteger activations = new AtomicInteger();

  @BeforeEach
  void start() throws Exception {
    greeters = new Greeters(temp.resolve("jars"));
    field = Field.start(temp.resolve("home"), Map.of("ladang.swap.deadline.millis", "2000"));
    field.plain(greeters.api());
    System.getProperties().put(HOOK, (Supplier<Integer>) activations::incrementAndGet);
  }

  @AfterEach
  void stop() throws Exception {
    System.getProperties().remove(HOOK);
    field.close();
  }

  @Test
  void aDelayedComponentWhoseActivateThrowsIsAskedOnceAndRefusedWithItsFirstLineAndFrame()
      throws Exception {
    SwapOutcome outcome =
        field.apply(activating("", "throw new IllegalStateException(\"no seed\");"));

    assertThat(outcome).isInstanceOf(SwapOutcome.Refused.class);
    SwapOutcome.Refused refused = (SwapOutcome.Refused) outcome;
    assertThat(refused.sentence())
        .contains("java.lang.IllegalStateException: no seed")
        .contains("org.example.greeter.GreeterComponent.activate");
    assertThat(refused.code()).isEqualTo("LADANG-SWAP-012");
    assertThat(activations).hasValue(1);
    assertThat(field.bundles(Greeters.PROVIDER)).as("nothing is left").isEmpty();
    assertThat(field.service(Swapper.class).status("greeter").orElseThrow().state())
        .isEqualTo(Condition.REFUSED);
  }

  @Test
  void anImmediateComponentWhoseActivateThrowsIsRefusedToo() throws Exception {
    SwapOutcome outcome =
        field.apply(
            activating("(immediate = true)", "throw new IllegalStateException(\"no seed\");"));

    assertThat(((SwapOutcome.Refused) outcome).sentence()).contains("no seed");
  }

  @Test
  void aComponentWhoseActivateNeverReturnsIsRefusedAtTheDeadlineAndOthersGoOn() throws Exception {
    field.live(greeters.provider("1.0.0", "one"));
    String hang =
        "while (true) { try { Thread.sleep(60_000); } catch (InterruptedException e) { return; } }";

    SwapOutcome delayed = field.apply(activating("", hang));
    SwapOutcome immediate = field.apply(activating("(immediate = true)", hang));

    for (SwapOutcome outcome : new SwapOutcome[] {delayed, immediate}) {
      assertThat(((SwapOutcome.Refused) outcome).sentence())
          .contains("has not returned")
          .contains("GreeterComponent.activate");
    }
    assertThat(field.service(Swapper.class).status("greeter").orElseThrow().state())
        .isEqualTo(Condition.ACTIVE);
  }

  @Test
  void aBundleThatWaitsForAServiceSaysWhichAndFollowsItToItsRoot() throws Exception {
    SwapOutcome outcome = field.apply(waiting("1.0.0", ""));

    assertThat(outcome).isInstanceOf(SwapOutcome.Waiting.class);
    assertThat(outcome.status().sentence())
        .contains("waits for service org.example.api.Greeter")
        .contains("which no installed bundle offers");

    field.live(greeters.provider("1.0.0", "one"));
    awaitState("waiting", Condition.ACTIVE);
  }

  /** What is known of a bundle is kept while nothing changes; a change must not slip between two looks. */
  @Test
  void aStatusFollowsItsComponentsHoweverOftenItIsAskedFor() throws Exception {
    Swapper swapper = field.service(Swapper.class);
    AtomicBoolean over = new AtomicBoolean();
    Thread asking =
        new Thread(
            () -> {
              while (!over.get()) {
                swapper.statuses();
              }
            });
    asking.start();
    try {
      field.live(greeters.provider("1.0.0", "one"));
      field.live(waiting("1.0.0", ""));
      for (int i = 0; i < 20; i++) {
        swapper.remove(Greeters.PROVIDER);
        awaitState("waiting", Condition.WAITING);
        field.live(greeters.provider("1.0.0", "one"));
        awaitState("waiting", Condition.ACTIVE);
      }
    } finally {
      over.set(true);
      asking.join();
    }
  }

  private void awaitState(String name, Condition state) {
    org.awaitility.Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(field.service(Swapper.class).status(name).orElseThrow().state())
                    .isEqualTo(state));
  }

  @Test
  void aVersionThatWaitsComesBackWhenTheNextOneIsRefused() throws Exception {
    Path waits = waiting("1.0.0", "");
    Path fails =
        waiting(
            "2.0.0", "@Activate void activate() { throw new IllegalStateException(\"no seed\"); }");
    field.apply(waits);

    SwapOutcome outcome = field.apply(fails);

    assertThat(outcome).isInstanceOf(SwapOutcome.Refused.class);
    assertThat(field.service(Swapper.class).status("waiting").orElseThrow())
        .satisfies(s -> assertThat(s.entry().version()).isEqualTo("1.0.0"))
        .satisfies(s -> assertThat(s.state()).isEqualTo(Condition.WAITING));
  }

  private Path waiting(String version, String activate) throws Exception {
    String optional = activate.isEmpty() ? "" : "(cardinality = ReferenceCardinality.OPTIONAL)";
    return Greeters.plugin("org.example.waiting", "waiting", version, "")
        .against(temp.resolve("jars/org.example.api-1.0.0.jar"))
        .source(
            "org.example.waiting.Waiter",
            """
            package org.example.waiting;
            import org.example.api.*;
            import org.osgi.service.component.annotations.*;
            @Component
            public class Waiter implements User {
              @Reference OPTIONAL Greeter greeter;
              ACTIVATE
              @Override public String use() { return greeter.greet("you"); }
              @Override public String life() { return ""; }
            }
            """
                .replace("OPTIONAL", optional)
                .replace("ACTIVATE", activate))
        .build(temp.resolve("jars"));
  }

  private Path activating(String attributes, String body) throws Exception {
    return Greeters.plugin(Greeters.PROVIDER, "greeter", "2.0.0", "")
        .against(temp.resolve("jars/org.example.api-1.0.0.jar"))
        .source(
            "org.example.greeter.GreeterComponent",
            """
            package org.example.greeter;
            import org.osgi.service.component.annotations.*;
            @Component ATTRIBUTES
            public class GreeterComponent implements org.example.api.Greeter {
              @Activate void activate() {
                ((java.util.function.Supplier<?>) System.getProperties().get("ladang.test.activate")).get();
                if (true) { BODY }
              }
              @Override public String greet(String name) { return "two " + name; }
            }
            """
                .replace("ATTRIBUTES", attributes)
                .replace("BODY", body))
        .build(temp.resolve("jars"), "activating" + System.nanoTime() + ".jar");
  }
}
