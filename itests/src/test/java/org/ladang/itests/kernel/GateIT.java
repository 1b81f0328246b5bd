package org.ladang.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.itests.field.BundleBuilder;
import org.ladang.itests.field.Field;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.CallObserver;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.Guard;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;
import org.ladang.kernel.swap.Swapper;

/** Every call ends with its result or with one typed failure, at its deadline at the latest. */
class GateIT {
  @TempDir Path temp;
  private Field field;
  private Gate gate;
  private final List<CallObserver.Call> observed = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    field = Field.start(temp.resolve("home"));
    field.context().registerService(CallObserver.class, observed::add, null);
    field.live(wells("1.0.0"));
    gate = field.service(Gate.class);
  }

  @AfterEach
  void stop() throws Exception {
    field.close();
  }

  @Test
  void recordsGoInAndComeOutAsMaps() {
    Object dug = call("wells:dig", Map.of("order", Map.of("name", "north", "metres", 12)));

    assertThat(dug).isEqualTo(Map.of("name", "north", "metres", 12, "water", true));
  }

  @Test
  void anUnknownActionIsNamedWithItsNeighbours() {
    assertThat(failure("wells:digg", Map.of()))
        .satisfies(e -> assertThat(e.code()).isEqualTo("LADANG-GATE-001"))
        .satisfies(
            e ->
                assertThat(e.nextStep())
                    .hasValueSatisfying(n -> assertThat(n).contains("wells:dig")));
  }

  @Test
  void aMissingAnUnknownAndAWrongArgumentAreNamedWithWhatWasExpectedAndGot() {
    assertThat(failure("wells:dig", Map.of()).getMessage()).contains("order");
    assertThat(
            failure("wells:dig", Map.of("order", Map.of("name", "n", "metres", 1), "deep", 1))
                .getMessage())
        .contains("deep");
    LadangException wrong =
        failure("wells:dig", Map.of("order", Map.of("name", "north", "metres", "many")));
    assertThat(wrong.code()).isEqualTo("LADANG-GATE-002");
    assertThat(wrong.getMessage()).contains("order.metres").contains("many");
    assertThat(wrong.details()).containsKeys("argument", "expected", "got");
  }

  @Test
  void whatAnActionThrowsBecomesOneSentence() {
    LadangException thrown = failure("wells:fail", Map.of());

    assertThat(thrown.code()).isEqualTo("LADANG-GATE-006");
    assertThat(thrown.getMessage()).contains("IllegalStateException").contains("the well is dry");
    assertThat(observed).last().satisfies(c -> assertThat(c.code()).isEqualTo("LADANG-GATE-006"));
  }

  @Test
  void aSlowActionIsInterruptedAtItsDeadline() {
    long began = System.nanoTime();
    LadangException late =
        failure(context(Duration.ofMillis(300)), "wells:slow", Map.of("interruptible", true));

    assertThat(late.code()).isEqualTo("LADANG-GATE-004");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aDoorIsAnsweredEvenWhenTheActionIgnoresItsInterrupt() {
    CompletableFuture<Object> answer =
        gate.submit(context(Duration.ofMillis(300)), "wells:slow", Map.of("interruptible", false))
            .toCompletableFuture();

    assertThat(catchThrowable(() -> answer.get(10, TimeUnit.SECONDS)))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            LadangException.class, e -> assertThat(e.code()).isEqualTo("LADANG-GATE-004"));
  }

  @Test
  void aStageIsWaitedForAndItsFailureIsTyped() {
    assertThat(call("wells:later", Map.of("fail", false))).isEqualTo("water");
    assertThat(failure("wells:later", Map.of("fail", true)).getMessage()).contains("no rain");
  }

  @Test
  void aTargetThatIsGoneIsSaidSo() {
    field.service(Swapper.class).remove("org.example.wells");

    assertThat(failure("wells:dig", Map.of()).code()).isEqualTo("LADANG-GATE-001");
  }

  @Test
  void callsWaitWhileTheTargetIsReplacedInPlace() throws Exception {
    CompletableFuture<Integer> failures =
        CompletableFuture.supplyAsync(
            () -> {
              int failed = 0;
              for (int i = 0; i < 400; i++) {
                failed += catchThrowable(() -> call("wells:version", Map.of())) == null ? 0 : 1;
              }
              return failed;
            });
    for (int i = 2; i < 12; i++) {
      field.live(wells(i + ".0.0"));
    }

    assertThat(failures.get(60, TimeUnit.SECONDS)).isZero();
    assertThat(call("wells:version", Map.of())).isEqualTo("11.0.0");
  }

  @Test
  void theGuardsRefusalIsItsSentence() {
    field
        .context()
        .registerService(
            Guard.class, (context, action) -> new Guard.Verdict.Denied("Only frogs may."), null);

    LadangException denied = failure("wells:version", Map.of());

    assertThat(denied.code()).isEqualTo("LADANG-GATE-003");
    assertThat(denied.getMessage()).isEqualTo("Only frogs may.");
  }

  @Test
  void withoutAGuardEveryCallIsRefused() throws Exception {
    field.withoutGuard();

    LadangException refused = failure(context(Duration.ofSeconds(30)), "wells:version", Map.of());

    assertThat(refused.code()).isEqualTo("LADANG-GATE-007");
  }

  private Object call(String action, Map<String, Object> arguments) {
    return gate.call(context(Duration.ofSeconds(20)), action, arguments);
  }

  private LadangException failure(String action, Map<String, Object> arguments) {
    return failure(context(Duration.ofSeconds(20)), action, arguments);
  }

  private LadangException failure(
      CallContext context, String action, Map<String, Object> arguments) {
    Throwable thrown = catchThrowable(() -> gate.call(context, action, arguments));
    assertThat(thrown).isInstanceOf(LadangException.class);
    return (LadangException) thrown;
  }

  private static CallContext context(Duration deadline) {
    return CallContext.of(
        new Principal("test", Role.ADMIN), "local", "trace", Instant.now().plus(deadline));
  }

  private Path wells(String version) throws Exception {
    return BundleBuilder.bundle("org.example.wells")
        .version(version)
        .header("Provide-Capability", "ladang.plugin;ladang.plugin=wells;overlap=false")
        .source(
            "org.example.wells.Wells",
            """
            package org.example.wells;
            import java.util.concurrent.*;
            import org.ladang.kernel.action.*;
            import org.osgi.service.component.annotations.*;
            @Component
            public class Wells implements ActionSource {
              public record Order(String name, int metres) {}
              public record Well(String name, int metres, boolean water) {}
              @Action(description = "Digs.", role = Role.OPERATOR)
              public Well dig(Order order) { return new Well(order.name(), order.metres(), true); }
              @Action(description = "Says its version.", role = Role.VIEWER)
              public String version() { return "VERSION"; }
              @Action(description = "Fails.", role = Role.VIEWER)
              public String fail() { throw new IllegalStateException("the well is dry"); }
              @Action(description = "Takes its time.", role = Role.VIEWER)
              public String slow(boolean interruptible) throws InterruptedException {
                long end = System.nanoTime() + 3_000_000_000L;
                while (System.nanoTime() < end) {
                  if (interruptible) { Thread.sleep(10_000); } else { Thread.onSpinWait(); }
                }
                return "done";
              }
              @Action(description = "Answers later.", role = Role.VIEWER)
              public CompletionStage<String> later(boolean fail) {
                return CompletableFuture.supplyAsync(() -> {
                  if (fail) { throw new IllegalArgumentException("no rain"); }
                  return "water";
                });
              }
            }
            """
                .replace("VERSION", version))
        .build(temp.resolve("jars"));
  }
}
