package org.ladang.discovery.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ladang.discovery.Check;
import org.ladang.discovery.EndpointSource;
import org.ladang.discovery.Instance;
import org.ladang.discovery.Kind;
import org.ladang.discovery.Offer;
import org.ladang.discovery.ServiceInfo;

/** Endpoints that somebody registers or names, how long they are believed, and what outlives a swap or a restart. */
class RegisteredTest {
  private static final Check NONE = new Check(Duration.ZERO, Duration.ofSeconds(1), "", 1, 1);

  private final World world = World.any();

  @AfterEach
  void close() {
    world.close();
  }

  private static Offer offer(String id) {
    return Offer.of(Instance.http("weather", id, "http://127.0.0.1:9/" + id)).with(NONE);
  }

  private static Offer owned(String id, String owner) {
    return Offer.of(
            new Instance(
                "weather",
                id,
                Kind.HTTP,
                "http://127.0.0.1:9",
                "1.0.0",
                "",
                1,
                java.util.Set.of(),
                owner))
        .with(NONE);
  }

  private List<String> ids() {
    return world.room().services().stream()
        .flatMap((ServiceInfo info) -> info.endpoints().stream())
        .map(endpoint -> endpoint.id())
        .toList();
  }

  @Test
  void aLeaseThatIsNotRenewedRunsOut() {
    world.room().register(offer("a").leased(Duration.ofSeconds(5)));
    world.room().register(offer("b").leased(Duration.ofSeconds(5)));
    for (int i = 0; i < 5; i++) {
      world.pass(Duration.ofSeconds(3));
      world.room().register(offer("a").leased(Duration.ofSeconds(5)));
    }
    assertThat(ids()).containsExactly("a");
    world.pass(Duration.ofSeconds(7));
    assertThat(ids()).isEmpty();
    assertThat(world.events).anyMatch(event -> event.contains("its lease was not renewed"));
  }

  @Test
  void whoseOwnerHasGoneGoesWithinSecondsButNotDuringASwap() {
    world.running.add("itest.owner");
    world.room().register(owned("a", "itest.owner"));
    world.pass(Duration.ofSeconds(30));
    world.running.remove("itest.owner");
    world.pass(Duration.ofSeconds(2));
    world.running.add("itest.owner");
    world.pass(Duration.ofSeconds(30));
    assertThat(ids()).containsExactly("a");
    world.running.remove("itest.owner");
    world.pass(Duration.ofSeconds(6));
    assertThat(ids()).isEmpty();
  }

  @Test
  void registeredOnesOutliveASwapAndKeptOnesARestart() {
    world.room().register(offer("leased").leased(Duration.ofSeconds(60)));
    world.room().register(offer("plain"));
    world.room().keep(offer("kept"));
    world.next();
    assertThat(ids()).containsExactly("kept", "leased", "plain");
    world.process = "2@later";
    world.next();
    assertThat(ids()).containsExactly("kept");
    world.room().remove("weather", "kept");
    world.next();
    assertThat(ids()).isEmpty();
    assertThat(world.state.all()).isEmpty();
  }

  @Test
  void whatIsKeptIsKeptAsItWas() {
    Offer given =
        new Offer(
            new Instance(
                "books",
                "main",
                Kind.DATABASE,
                "jdbc:h2:mem:x",
                "2.0.0",
                "id",
                3,
                java.util.Set.of("a", "b"),
                "o"),
            new Check(Duration.ofSeconds(3), Duration.ofSeconds(2), "SELECT 2", 4, 5),
            Duration.ofSeconds(9),
            Map.of("user", "me", "password", "secret"));
    Kept kept = new Kept(world.state, "1");
    kept.put(given, true);
    assertThat(new Kept(world.state, "2").offers())
        .containsExactly(new Kept.Registered(given, true));
    assertThat(given.toString()).doesNotContain("secret");
  }

  @Test
  void whatASourceNamesComesAndGoesAndCannotBeRemovedHere() {
    List<Offer> named = new ArrayList<>(List.of(offer("a"), offer("b")));
    EndpointSource source = () -> List.copyOf(named);
    world.room().bindSource(source, Map.of());
    assertThat(ids()).containsExactly("a", "b");
    assertThatThrownBy(() -> world.room().remove("weather", "a"))
        .extracting("code")
        .isEqualTo("LADANG-DISCOVERY-005");
    assertThatThrownBy(() -> world.room().register(offer("a")))
        .extracting("code")
        .isEqualTo("LADANG-DISCOVERY-005");
    named.remove(0);
    world.pass(Duration.ofSeconds(2));
    assertThat(ids()).containsExactly("b");
    world.room().unbindSource(source);
    assertThat(ids()).isEmpty();
  }

  @Test
  void aSourceThatFailsLosesNothing() {
    boolean[] broken = {false};
    EndpointSource source =
        () -> {
          if (broken[0]) {
            throw new IllegalStateException("no");
          }
          return List.of(offer("a"));
        };
    world.room().bindSource(source, Map.of());
    broken[0] = true;
    world.pass(Duration.ofSeconds(20));
    assertThat(ids()).containsExactly("a");
  }

  @Test
  void passwordsInAddressesAreNotShown() {
    assertThat(Addresses.shown("jdbc:postgresql://me:word@host/db?user=me&password=word&x=1"))
        .isEqualTo("jdbc:postgresql://host/db?user=me&password=******&x=1");
    assertThat(Addresses.shown("https://me:word@host/path")).isEqualTo("https://host/path");
    assertThat(Addresses.shown("jdbc:h2:mem:x;PASSWORD=word"))
        .isEqualTo("jdbc:h2:mem:x;PASSWORD=******");
  }

  @Test
  void unknownNamesAreRefusedWithSentences() {
    assertThatThrownBy(() -> world.room().info("nothing"))
        .extracting("code")
        .isEqualTo("LADANG-DISCOVERY-001");
    world.room().register(offer("a"));
    assertThatThrownBy(() -> world.room().drain("weather", "b", true))
        .extracting("code")
        .isEqualTo("LADANG-DISCOVERY-002");
    assertThatThrownBy(() -> Instance.http("weather", "a", "ftp://x"))
        .extracting("code")
        .isEqualTo("LADANG-DISCOVERY-003");
  }
}
