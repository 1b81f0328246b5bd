package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Local services that stand in for each other, called by their interface through the real distribution. */
class DiscoveryIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String TYPE = "itest.village.Greeter";

  @TempDir Path folder;

  @Test
  void callsGoToAllWhoOfferAndToWhoeverIsLeft() throws IOException {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      Village village = Village.in(ladang, folder);
      assertThat(village.greet().toString()).contains("LADANG-DISCOVERY-006");
      village.settle("north", ", \"discovery.tags=first\", \"discovery.check=awake\"");
      village.settle("south", ", \"discovery.tags=second\"");
      Ladang.await("both are found", SOON, () -> alive(ladang) == 2);
      Set<String> answered = new HashSet<>();
      Ladang.await(
          "both answer",
          SOON,
          () -> {
            answered.add(village.greet().succeeded().out());
            return answered.size() == 2;
          });
      assertThat(ladang.shell("villager:greet_first").succeeded().out()).contains("north");

      // Groups: the second serves while nobody of the first is alive.
      ladang.shell("service:drain", "service=" + TYPE, "endpoint=north").succeeded();
      assertThat(ladang.shell("villager:greet_first").succeeded().out()).contains("south");
      assertThat(ladang.shell("health:run").succeeded().out()).contains("group 1 of its route");
      ladang.shell("service:drain", "service=" + TYPE, "endpoint=north", "on=false").succeeded();
      assertThat(ladang.shell("villager:greet_first").succeeded().out()).contains("north");

      // Nothing stale: who is taken away is gone.
      Files.delete(ladang.home().resolve("deploy/north.jar"));
      Ladang.await("north is gone", Duration.ofSeconds(10), () -> endpoints(ladang).size() == 1);
      for (int i = 0; i < 5; i++) {
        assertThat(village.greet().succeeded().out()).contains("south");
      }
    }
  }

  @Test
  void noCallFailsWhileBothRoomsAndAnEndpointAreReplaced() throws IOException {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      Village village = Village.in(ladang, folder);
      village.settle("north", "");
      village.settle("south", "");
      Ladang.await("both are found", SOON, () -> alive(ladang) == 2);
      village.pump();
      village.more(500);
      for (String room : List.of("discovery", "balancer", "discovery", "balancer")) {
        replace(ladang, "org.ladang." + room + ".provider");
        village.more(500);
      }
      long before = ladang.generation();
      ladang.drop(village.endpoint("north", "2.0.0", ""), "north.jar");
      Ladang.await("north 2.0.0", SOON, () -> ladang.generation() > before);
      village.more(500);
      Village.Calls calls = village.calls();
      System.out.printf(
          "DiscoveryIT: %d calls while two rooms and an endpoint were replaced, %d failed, %s%n",
          calls.calls(), calls.failed(), calls.answers());
      assertThat(calls.failed()).as(calls.first()).isZero();
      assertThat(calls.answers()).containsKeys("north", "south");
      assertThat(alive(ladang)).isEqualTo(2);
    }
  }

  @Test
  void whatAnOperatorRegistersAndDrainsOutlivesSwapAndRestart() throws IOException {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      ladang
          .shell(
              "service:register",
              "service=weather",
              "endpoint=w1",
              "url=http://127.0.0.1:9",
              "interval=0")
          .succeeded();
      ladang.shell("service:drain", "service=weather", "endpoint=w1").succeeded();
      replace(ladang, "org.ladang.discovery.provider");
      kept(ladang);
      assertThat(ladang.stop()).isZero();
      ladang.start();
      kept(ladang);
      ladang.shell("service:remove", "service=weather", "endpoint=w1").succeeded();
      assertThat(ladang.shell("service:info", "service=weather").toString())
          .contains("LADANG-DISCOVERY-001");
    }
  }

  @Test
  void aDriverThatIsDroppedIsFoundAtOnce() throws Exception {
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      String[] ask = {"service:call", "service=books", "sql=SELECT 1", "millis=3000"};
      ladang
          .shell(
              "service:register",
              "service=books",
              "endpoint=pg",
              "url=jdbc:postgresql://127.0.0.1:9/books",
              "user=ladang",
              "interval=0")
          .succeeded();
      assertThat(ladang.shell(ask).toString())
          .contains("LADANG-DISCOVERY-013", "Drop the bundle with org.postgresql.Driver");
      Path driver =
          Path.of(
              org.postgresql.Driver.class
                  .getProtectionDomain()
                  .getCodeSource()
                  .getLocation()
                  .toURI());
      ladang.drop(driver);
      Ladang.await(
          "the driver",
          SOON,
          () -> {
            // Nobody listens there, and that is said by now.
            String said = ladang.shell(ask).toString();
            return said.contains("LADANG-DISCOVERY-007") || said.contains("LADANG-DISCOVERY-008");
          });
    }
  }

  private static void kept(Ladang ladang) {
    Map<String, Object> info = ladang.shell("service:info", "service=weather").object();
    assertThat(((List<?>) info.get("endpoints")).get(0).toString())
        .contains("id=w1", "state=DRAINING", "source=kept");
  }

  private int round;

  private void replace(Ladang ladang, String room) throws IOException {
    round++;
    Path next = folder.resolve(room + "-" + round + ".jar");
    BundleCopies.withVersion(Distribution.jar("system/rooms", room), next, "7." + round + ".0");
    long before = ladang.generation();
    ladang.drop(next, room + ".jar");
    Ladang.await(room + " replaced", SOON, () -> ladang.generation() > before);
  }

  private static int alive(Ladang ladang) {
    return ladang.shell("service:list").list().stream()
        .filter(line -> TYPE.equals(line.get("service")))
        .mapToInt(line -> ((Number) line.get("alive")).intValue())
        .sum();
  }

  private static List<?> endpoints(Ladang ladang) {
    return (List<?>) ladang.shell("service:info", "service=" + TYPE).object().get("endpoints");
  }
}
