package org.ladang.telemetry.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.Meters;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.CallObserver;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;
import org.ladang.telemetry.History;
import org.ladang.telemetry.Totals;

class RingTelemetryTest {
  private static final Duration TEN = Duration.ofSeconds(10);

  @TempDir Path folder;
  private final Fakes world = new Fakes();
  private RingTelemetry telemetry;

  @BeforeEach
  void begin() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    telemetry = open(2000);
  }

  @Test
  void callsOfTenSecondsAreARateAndTheirWorstTwentiethALatency() {
    for (int i = 1; i <= 100; i++) {
      telemetry.ended(call("bots", "create_bot", Duration.ofMillis(i), ""));
    }
    telemetry.ended(call("bots", "drop", Duration.ofMillis(1), "LADANG-GATE-006"));
    world.pass(TEN);
    assertThat(value("bots.create_bot.calls")).isCloseTo(10.0, within(0.3));
    assertThat(value("bots.create_bot.p95")).isCloseTo(95, within(1.5));
    assertThat(value("bots.drop.errors")).isCloseTo(0.1, within(0.01));
    assertThat(value("bots.calls")).isCloseTo(10.1, within(0.3));
    assertThat(value("gate.calls")).isCloseTo(10.1, within(0.3));
    assertThat(telemetry.present().calls())
        .filteredOn(calls -> calls.owner().equals("bots"))
        .singleElement()
        .satisfies(
            calls -> {
              assertThat(calls.calls()).isCloseTo(10.1, within(0.3));
              assertThat(calls.errors()).isCloseTo(0.1, within(0.01));
              assertThat(calls.p95().orElseThrow()).isCloseTo(95, within(1.5));
            });
    assertThat(telemetry.present().gauges()).containsKeys("jvm.heap_mib", "disk.used_percent");
    world.pass(TEN);
    assertThat(last("bots.create_bot.calls")).isZero();
    assertThat(history("bots.create_bot.p95").points()).hasSize(1);
  }

  @Test
  void oneLongCallAmongManyDoesNotMakeAllOfThemSlow() {
    telemetry.ended(call("bots", "import_bots", Duration.ofSeconds(8), ""));
    world.pass(TEN);
    for (int i = 0; i < 100; i++) {
      telemetry.ended(call("bots", "create_bot", Duration.ofMillis(5), ""));
    }
    world.pass(TEN);
    assertThat(p95("bots")).isCloseTo(5, within(1.0));
    for (int i = 0; i < 10; i++) {
      telemetry.ended(call("bots", "create_bot", Duration.ofSeconds(2), ""));
    }
    world.pass(TEN);
    assertThat(p95("bots")).as("a tenth of them was long").isCloseTo(2000, within(50.0));
  }

  private double p95(String owner) {
    return telemetry.present().calls().stream()
        .filter(calls -> calls.owner().equals(owner))
        .findFirst()
        .orElseThrow()
        .p95()
        .orElseThrow();
  }

  @Test
  void whatMetersCountBecomesARateFromTheSecondLookOn() {
    world.readings.add(reading("deploy.live", 40));
    world.pass(TEN);
    assertThat(telemetry.series("deploy")).isEmpty();
    world.readings.set(0, reading("deploy.live", 60));
    world.pass(TEN);
    assertThat(value("deploy.live.rate")).isCloseTo(2, within(0.1));
  }

  @Test
  void theMachineIsRecordedWithUnits() {
    world.pass(TEN);
    assertThat(value("jvm.heap_mib")).isPositive();
    assertThat(value("disk.used_percent")).isBetween(0.0, 100.0);
    assertThat(telemetry.series("disk.").get(0).unit()).isEqualTo("MiB");
  }

  @Test
  void historySurvivesAProcessThatEndsWithoutAWord() throws IOException {
    telemetry.ended(call("bots", "create_bot", Duration.ofMillis(5), ""));
    world.pass(TEN);
    // Nothing is closed: as after kill -9.
    RingTelemetry after = open(2000);
    assertThat(after.read("bots.calls", world.now().minusSeconds(60), world.now(), 10).points())
        .hasSize(1);
  }

  @Test
  void fiveMinutesAreSummedUpOfWhatIsOnDiskAndReachSixtyDaysBack() throws IOException {
    Instant began = world.now();
    for (int i = 0; i < 45; i++) {
      telemetry.ended(call("bots", "create_bot", Duration.ofMillis(i == 3 ? 80 : 5), ""));
      world.pass(TEN);
      if (i == 20) {
        // Another process in the middle of the five minutes; the first is gone.
        telemetry.close();
        telemetry = open(2000);
      }
    }
    telemetry.close();
    world.pass(Duration.ofDays(3));
    telemetry = open(2000);
    History calls = telemetry.read("bots.calls", began, began.plusSeconds(299), 100);
    assertThat(calls.step()).isEqualTo(Duration.ofMinutes(5));
    assertThat(calls.points()).hasSize(1);
    assertThat(calls.points().get(0).value()).isCloseTo(0.1, within(0.01));
    assertThat(
            telemetry.read("bots.p95", began, began.plusSeconds(299), 100).points().get(0).value())
        .as("the worst of the thirty")
        .isCloseTo(80, within(1.0));
  }

  @Test
  void aPluginWithTooManySeriesIsCutAndTheRestCounted() throws IOException {
    telemetry.close();
    telemetry = open(5);
    telemetry.ended(call("noisy", "a", Duration.ofMillis(1), ""));
    telemetry.ended(call("noisy", "b", Duration.ofMillis(1), ""));
    telemetry.ended(call("calm", "a", Duration.ofMillis(1), ""));
    world.pass(TEN);
    assertThat(telemetry.series("noisy.")).hasSize(5);
    Totals totals = telemetry.totals();
    assertThat(totals.owners())
        .filteredOn(owner -> owner.owner().equals("noisy"))
        .singleElement()
        .satisfies(owner -> assertThat(owner.overflow()).isEqualTo(4));
    assertThat(telemetry.series("calm.")).hasSize(5);
  }

  @Test
  void manyPointsAreThinnedToTheMostAsked() {
    for (int i = 0; i < 100; i++) {
      telemetry.ended(call("bots", "x", Duration.ofMillis(i == 50 ? 500 : 5), ""));
      world.pass(TEN);
    }
    History thin = telemetry.read("bots.p95", world.now().minusSeconds(1000), world.now(), 10);
    assertThat(thin.points()).hasSizeBetween(5, 10);
    assertThat(thin.points()).anySatisfy(p -> assertThat(p.value()).isCloseTo(500, within(6.0)));
    assertThat(thin.step()).isGreaterThan(TEN);
  }

  @Test
  void aDiskThatRefusesIsToldOnceAndTheRecordingGoesOnAfterwards() throws IOException {
    world.pass(TEN);
    Path shelf = folder.resolve("data/telemetry/v1/jvm");
    Path aside = folder.resolve("aside");
    Files.move(shelf, aside);
    world.pass(TEN.multipliedBy(3));
    assertThat(world.events).extracting("type").containsExactly("telemetry.stopped");
    assertThat(telemetry.totals().unwritten()).isEqualTo(3);
    Files.move(aside, shelf);
    world.pass(TEN);
    assertThat(world.events)
        .extracting("type")
        .containsExactly("telemetry.stopped", "telemetry.recovered");
  }

  @Test
  void namesThatCouldLeaveTheFolderDoNot() throws IOException {
    telemetry.ended(call("../../evil", "x", Duration.ofMillis(1), ""));
    telemetry.ended(call("..", "x", Duration.ofMillis(1), ""));
    world.pass(TEN);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .allMatch(file -> file.startsWith(folder.resolve("data/telemetry/v1")));
    }
    assertThat(value("...calls")).isPositive();
  }

  @Test
  void whatIsNotThereOrCannotBeAskedGetsASentence() {
    assertThatThrownBy(() -> history("no.such"))
        .isInstanceOfSatisfying(
            LadangException.class, e -> assertThat(e.code()).isEqualTo("LADANG-TELEMETRY-001"));
    assertThatThrownBy(() -> telemetry.read("x", world.now(), world.now(), 10))
        .isInstanceOfSatisfying(
            LadangException.class, e -> assertThat(e.code()).isEqualTo("LADANG-TELEMETRY-002"));
  }

  @Test
  void afterTheEndNothingIsPlanned() {
    telemetry.close();
    assertThat(world.idle()).isTrue();
  }

  private RingTelemetry open(int mostSeries) throws IOException {
    return new RingTelemetry(Fakes.home(folder), world, world, world, world, mostSeries, 100);
  }

  private History history(String name) {
    return telemetry.read(name, world.now().minusSeconds(3600), world.now(), 2000);
  }

  private double value(String name) {
    return history(name).points().get(0).value();
  }

  private double last(String name) {
    List<History.Point> points = history(name).points();
    return points.get(points.size() - 1).value();
  }

  private static Meters.Reading reading(String name, long count) {
    return new Meters.Reading(
        name, count, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  private CallObserver.Call call(String owner, String name, Duration took, String code) {
    return new CallObserver.Call(
        CallContext.of(new Principal("ann", Role.VIEWER), "rest", "t", world.now()),
        new ActionInfo(
            owner, name, "", Role.VIEWER, Effect.READ, true, TEN, "", Map.of(), Map.of(), "x"),
        world.now(),
        took.toNanos(),
        code);
  }
}
