package org.ladang.discovery.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ladang.discovery.Balanced;
import org.ladang.discovery.EndpointInfo.Health;
import org.ladang.discovery.Route;
import org.ladang.discovery.Selector;
import org.ladang.discovery.provider.World.Greeter;
import org.ladang.discovery.provider.World.Named;
import org.ladang.kernel.LadangException;

/** Local services that are called through one object, on a clock that the test drives. */
class LocalServicesTest {
  private static final String TYPE = Greeter.class.getName();

  private final World world = World.any();

  @AfterEach
  void close() {
    world.close();
  }

  private Greeter balanced(Selector... groups) {
    return groups.length == 0
        ? Balanced.of(world.room(), Greeter.class)
        : Balanced.of(world.room(), Greeter.class, new Route(TYPE, "", java.util.List.of(groups)));
  }

  private static Set<String> answers(Greeter greeter, int calls) throws Exception {
    Set<String> answers = new HashSet<>();
    for (int i = 0; i < calls; i++) {
      answers.add(greeter.greet("you"));
    }
    return answers;
  }

  @Test
  void callsGoToAllWhoOffer() throws Exception {
    Greeter greeter = balanced();
    assertThatThrownBy(() -> greeter.greet("you"))
        .isInstanceOf(LadangException.class)
        .extracting("code")
        .isEqualTo("LADANG-DISCOVERY-006");
    world.offer("north");
    assertThat(answers(greeter, 20)).containsOnly("north");
    world.offer("south");
    assertThat(answers(greeter, 800)).containsOnly("north", "south");
    assertThat(greeter).isEqualTo(greeter).hasToString("one of several " + TYPE);
  }

  @Test
  void whoGoesIsNotCalledAgain() throws Exception {
    Named north = world.offer("north");
    world.offer("south");
    Greeter greeter = balanced();
    answers(greeter, 20);
    world.room().unbindLocal(north);
    int before = north.calls;
    assertThat(answers(greeter, 50)).containsOnly("south");
    assertThat(north.calls).isEqualTo(before);
  }

  @Test
  void whatAServiceThrowsComesToTheCaller() {
    Named north = world.offer("north");
    north.failure = new IllegalStateException("no");
    assertThatThrownBy(() -> balanced().greet("you")).isSameAs(north.failure);
  }

  @Test
  void refusalsInWordsDoNotEjectAnEndpoint() throws Exception {
    Named north = world.offer("north");
    world.offer("south");
    Greeter greeter = balanced();
    north.failure = new LadangException("LADANG-GREET-001", "Greets nobody today.");
    for (int i = 0; i < 500; i++) {
      try {
        greeter.greet("you");
      } catch (LadangException e) {
        assertThat(e.code()).isEqualTo("LADANG-GREET-001");
      }
    }
    int before = north.calls;
    for (int i = 0; i < 500; i++) {
      try {
        greeter.greet("you");
      } catch (LadangException e) {
        assertThat(e.code()).isEqualTo("LADANG-GREET-001");
      }
    }
    assertThat(north.calls).isGreaterThan(before);
  }

  @Test
  void oneThatKeepsFailingIsLeftAlone() throws Exception {
    Named north = world.offer("north");
    world.offer("south");
    Greeter greeter = Balanced.of(world.room(), Greeter.class, Route.to(TYPE).by("round-robin"));
    north.failure = new IllegalStateException("no");
    for (int i = 0; i < 300; i++) {
      try {
        greeter.greet("you");
      } catch (IllegalStateException e) {
        assertThat(e).isSameAs(north.failure);
      }
    }
    assertThat(answers(greeter, 50)).containsOnly("south");
  }

  @Test
  void quickCallsOfOneThreadFollowEachOtherButAllAreCounted() throws Exception {
    Named north = world.offer("north");
    Named south = world.offer("south");
    Greeter greeter = Balanced.of(world.room(), Greeter.class, Route.to(TYPE).by("round-robin"));
    for (int i = 0; i < 1_600; i++) {
      greeter.greet("you");
    }
    assertThat(north.calls).isEqualTo(800);
    assertThat(south.calls).isEqualTo(800);
    // The last run is told with the next pick.
    greeter.greet("you");
    String pool = world.room().info(TYPE).routes().get(0).groups().get(0).pool();
    assertThat(world.balancers.stats(pool).calls()).isEqualTo(1_601);
    assertThat(world.balancers.stats(pool).inFlight()).isZero();
  }

  @Test
  void aRunEndsWhenTimePassesOrSomethingFails() throws Exception {
    world.offer("north");
    world.offer("south");
    Greeter greeter = Balanced.of(world.room(), Greeter.class, Route.to(TYPE).by("round-robin"));
    String first = greeter.greet("you");
    assertThat(greeter.greet("you")).isEqualTo(first);
    world.pass(Duration.ofMillis(50));
    assertThat(greeter.greet("you")).isNotEqualTo(first);
    world.room().drain(TYPE, first.equals("north") ? "south" : "north", true);
    assertThat(greeter.greet("you")).isEqualTo(first);
  }

  @Test
  void aCallThatReachedNobodyIsGivenToTheNext() throws Exception {
    Named north = world.offer("north");
    world.offer("south");
    Greeter greeter = balanced();
    north.failure = new LadangException("LADANG-PROXY-001", "There is nobody behind it.");
    assertThat(answers(greeter, 800)).containsOnly("south");
  }

  @Test
  void theNextGroupServesWhileNobodyOfTheFirstIsAlive() throws Exception {
    Named north = world.offer("north", "discovery.tags=first", "discovery.check=awake");
    world.offer("south", "discovery.tags=second");
    Greeter greeter = balanced(Selector.tagged("first"), Selector.tagged("second"));
    assertThat(answers(greeter, 30)).containsOnly("north");

    north.awake = false;
    awaitState("north", Health.DOWN);
    assertThat(answers(greeter, 30)).containsOnly("south");
    assertThat(world.room().info(TYPE).routes().get(0).serving()).isEqualTo(1);
    assertThat(new DiscoveryHealth(world.room()).execute().toString()).contains("group 1");

    north.awake = true;
    awaitState("north", Health.UP);
    assertThat(answers(greeter, 30)).containsOnly("north");
  }

  @Test
  void theNextGroupServesWhenTheFirstFailsEveryCall() throws Exception {
    Named north = world.offer("north", "discovery.tags=first");
    world.offer("south", "discovery.tags=second");
    Greeter greeter = balanced(Selector.tagged("first"), Selector.tagged("second"));
    north.failure = new IllegalStateException("no");
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> greeter.greet("you")).isSameAs(north.failure);
    }
    assertThat(answers(greeter, 30)).containsOnly("south");
    // It is tried again after a while, and serves when it is well.
    north.failure = null;
    world.pass(Duration.ofSeconds(6));
    assertThat(answers(greeter, 30)).containsOnly("north");
  }

  @Test
  void whenNobodyIsAliveTheSickAreAsked() throws Exception {
    Named north = world.offer("north", "discovery.tags=first", "discovery.check=awake");
    Greeter greeter = balanced(Selector.tagged("first"), Selector.tagged("second"));
    north.awake = false;
    awaitState("north", Health.DOWN);
    assertThat(answers(greeter, 5)).containsOnly("north");
    assertThat(answers(balanced(), 5)).containsOnly("north");
  }

  @Test
  void selectorsChooseByVersionZoneAndTag() throws Exception {
    world.offer("old", "discovery.version=1.4.0", "discovery.zone=id/bandung/rack-1");
    world.offer("new", "discovery.version=2.1.0", "discovery.tags=red,blue");
    assertThat(answers(balanced(Selector.of("[1,2)")), 20)).containsOnly("old");
    assertThat(answers(balanced(Selector.of("2")), 20)).containsOnly("new");
    assertThat(answers(balanced(Selector.in("id/bandung")), 20)).containsOnly("old");
    assertThat(answers(balanced(Selector.in("id/jakarta")), 20)).containsOnly("new");
    assertThat(answers(balanced(Selector.tagged("blue")), 20)).containsOnly("new");
    assertThat(world.room().find(TYPE, Selector.of("[1,3)"))).hasSize(2);
    assertThatThrownBy(() -> balanced(Selector.of("[nonsense")).greet("you"))
        .extracting("code")
        .isEqualTo("LADANG-DISCOVERY-004");
  }

  @Test
  void onesWhoseBundleDoesNotRunAreDown() throws Exception {
    world.running.add("itest.north");
    world.offer("north", "ladang.owner=itest.north");
    world.offer("south");
    Greeter greeter = balanced();
    world.pass(Duration.ofSeconds(1));
    assertThat(answers(greeter, 800)).containsOnly("north", "south");
    world.running.clear();
    world.pass(Duration.ofSeconds(1));
    assertThat(answers(greeter, 50)).containsOnly("south");
    assertThat(world.room().info(TYPE).alive()).isEqualTo(1);
  }

  /** Declarative Services take the references of the old one away after it was stopped, and the new one serves. */
  @Test
  void theFormerProviderLeavesThePoolsToTheNext() throws Exception {
    DiscoveryRoom former = world.room();
    Named north = world.offer("north");
    answers(balanced(), 5);
    world.next();
    world.room().bindLocal(north, World.properties("north"));
    answers(balanced(), 5);
    former.unbindLocal(north);
    assertThat(answers(balanced(), 5)).containsOnly("north");
  }

  @Test
  void drainedOnesGetNoNewCallsAlsoAfterASwap() throws Exception {
    world.offer("north");
    world.offer("south");
    world.room().drain(TYPE, "north", true);
    assertThat(answers(balanced(), 50)).containsOnly("south");
    world.next();
    world.offer("north");
    world.offer("south");
    assertThat(answers(balanced(), 50)).containsOnly("south");
    world.room().drain(TYPE, "north", false);
    world.pass(Duration.ofSeconds(11));
    assertThat(answers(balanced(), 800)).containsOnly("north", "south");
  }

  private void awaitState(String id, Health state) {
    org.awaitility.Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              // Checks answer on other threads; the clock is ours.
              world.pass(Duration.ofMillis(500));
              return world.room().info(TYPE).endpoints().stream()
                  .anyMatch(e -> e.id().equals(id) && e.state() == state);
            });
  }
}
