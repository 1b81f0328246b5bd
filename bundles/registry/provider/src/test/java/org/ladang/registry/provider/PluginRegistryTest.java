package org.ladang.registry.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ladang.registry.provider.Fakes.need;
import static org.ladang.registry.provider.Fakes.plugin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Passport;
import org.ladang.registry.Plugin;
import org.ladang.registry.PluginDescription;
import org.ladang.registry.PluginHealth;
import org.ladang.registry.PluginInfo;

class PluginRegistryTest {
  private final Fakes.FakeSwapper swapper = new Fakes.FakeSwapper();
  private final Fakes.FakeEvents events = new Fakes.FakeEvents();
  private final List<String> throughTheGate = new ArrayList<>();
  private final PluginRegistry registry =
      new PluginRegistry(
          swapper,
          new FakeGate(),
          new FakeCatalog(),
          events,
          room -> new Fakes.FakeState(),
          new FixedClock());
  private final Passport livestock = plugin("livestock", "1.4.0");
  private final Passport bots = plugin("bots", "1.2.0", need("livestock", "1.0", "2.0"));

  private static CallContext as(Role role) {
    return CallContext.of(new Principal("ada", role), "shell", "t1", Instant.EPOCH.plusMillis(200));
  }

  @Test
  void aPluginIsDescribedWithWhatItNeedsAndWhoNeedsIt() {
    swapper.with(livestock, Condition.ACTIVE).with(bots, Condition.READY_LAZY);

    PluginDescription described = registry.describe("bots").orElseThrow();
    assertThat(described.state()).isEqualTo("READY (lazy)");
    assertThat(described.health()).isEqualTo("healthy");
    assertThat(described.requirements()).hasSize(1);
    assertThat(described.requirements().get(0).explanation()).isEqualTo("Found livestock 1.4.0.");
    assertThat(described.actions()).extracting("id").containsExactly("bots:count");
    assertThat(registry.describe("livestock").orElseThrow().neededBy()).containsExactly("bots");
    assertThat(registry.describe("nobody")).isEmpty();
  }

  @Test
  void aPluginThatLacksSomethingIsUnhealthyInTheList() {
    swapper.with(bots, Condition.ACTIVE);

    assertThat(registry.list().get(0).health()).isEqualTo("unhealthy");
    assertThat(registry.list().get(0).sentence()).contains("needs plugin livestock");
  }

  @Test
  void aReplacementThatOthersDoNotAcceptIsExplained() {
    swapper.with(livestock, Condition.ACTIVE).with(bots, Condition.ACTIVE);
    Passport next = plugin("livestock", "2.1.0");

    assertThat(registry.checkReplacement(next, List.of()))
        .containsExactly(
            "livestock 2.1.0 does not suit bots 1.2.0, which needs it in [1.0,2.0): install a bots"
                + " that accepts 2, or stay with a livestock 1.x.");
    assertThat(registry.checkReplacement(plugin("livestock", "1.5.0"), List.of())).isEmpty();
  }

  @Test
  void aReplacementTogetherWithItsUserIsAccepted() {
    swapper.with(livestock, Condition.ACTIVE).with(bots, Condition.ACTIVE);
    Passport next = plugin("livestock", "2.1.0");
    Passport nextBots = plugin("bots", "2.0.0", need("livestock", "2.0", "3.0"));

    assertThat(registry.checkReplacement(next, List.of(nextBots))).isEmpty();
    assertThat(registry.check(nextBots, List.of(next))).isEmpty();
  }

  @Test
  void whoLacksItAnyhowForbidsNothing() {
    swapper.with(plugin("livestock", "3.0.0"), Condition.ACTIVE).with(bots, Condition.ACTIVE);

    assertThat(registry.checkReplacement(plugin("livestock", "4.0.0"), List.of())).isEmpty();
  }

  @Test
  void aRemovalThatOthersWouldMissIsExplained() {
    swapper.with(livestock, Condition.ACTIVE).with(bots, Condition.ACTIVE);

    assertThat(registry.checkRemoval("livestock"))
        .containsExactly(
            "bots 1.2.0 needs plugin livestock in [1.0,2.0): remove bots first, or keep livestock.");
    assertThat(registry.checkRemoval("bots")).isEmpty();
  }

  @Test
  void whySaysThatAllIsWell() {
    swapper.with(livestock, Condition.ACTIVE);

    assertThat(registry.why("livestock"))
        .containsExactly("livestock 1.4.0 is well: it serves since 1970-01-01T00:00:00Z.");
  }

  @Test
  void whyFollowsTheKernelAndTheRequirements() {
    swapper.with(bots, Condition.WAITING, "bots waits for Ledger.");
    swapper.why.put("org.test.bots", List.of("bots waits for Ledger.", "Nobody offers Ledger."));

    assertThat(registry.why("org.test.bots"))
        .hasSize(3)
        .startsWith("bots waits for Ledger.", "Nobody offers Ledger.");
  }

  @Test
  void whyRemembersTheLastRefusalOfItsFile() {
    events.publish(null, "deploy.refused", "bots", "bots 2.0.0 has no manifest.", Map.of());
    assertThat(registry.why("bots")).containsExactly("bots 2.0.0 has no manifest.");

    swapper.with(livestock, Condition.ACTIVE).with(bots, Condition.ACTIVE);
    assertThat(registry.why("bots"))
        .endsWith("A newer file was refused: bots 2.0.0 has no manifest.");

    events.publish(null, "deploy.live", "bots", "bots 2.0.1 is live.", Map.of());
    assertThat(registry.why("bots")).hasSize(1);
  }

  @Test
  void whyOfAnUnknownNameIsRefused() {
    assertThatThrownBy(() -> registry.why("cows"))
        .isInstanceOf(LadangException.class)
        .hasMessage("There is no plugin or bundle cows.");
  }

  @Test
  void aDeclaredActionGoesThroughTheGateWithTheCallersContext() {
    swapper.with(livestock, Condition.ACTIVE);
    registry.execute(as(Role.VIEWER), "livestock", "count", Map.of());

    assertThat(throughTheGate).containsExactly("ada livestock:count");
  }

  @Test
  void aBarePluginIsCalledByOperatorsOnly() {
    swapper.with(livestock, Condition.ACTIVE);
    registry.addPlugin(new Echo(), Map.of("ladang.owner", "org.test.livestock"));

    assertThat(
            registry
                .execute(as(Role.OPERATOR), "livestock", "moo", Map.of("times", 2))
                .toCompletableFuture()
                .join())
        .isEqualTo("moo {times=2}");
    assertThatThrownBy(() -> registry.execute(as(Role.VIEWER), "livestock", "moo", Map.of()))
        .hasMessageContaining("takes an operator");
    assertThat(registry.list().get(0).health()).isEqualTo("degraded");
  }

  @Test
  void aBarePluginThatNeverAnswersIsNotWaitedForBeyondTheDeadline() {
    swapper.with(livestock, Condition.ACTIVE);
    registry.addPlugin(new Echo(), Map.of("ladang.owner", "org.test.livestock"));

    CompletionException e =
        Assertions.catchThrowableOfType(
            CompletionException.class,
            () ->
                registry
                    .execute(as(Role.OPERATOR), "livestock", "never", Map.of())
                    .toCompletableFuture()
                    .join());
    assertThat(((LadangException) e.getCause()).code()).isEqualTo("LADANG-REGISTRY-010");
  }

  @Test
  void anActionThatNobodyHasIsSaid() {
    swapper.with(livestock, Condition.ACTIVE);

    assertThatThrownBy(() -> registry.execute(as(Role.ADMIN), "livestock", "fly", Map.of()))
        .hasMessage("livestock has no action fly.");
    assertThatThrownBy(() -> registry.execute(as(Role.ADMIN), "cows", "fly", Map.of()))
        .hasMessage("There is no plugin cows.");
  }

  private static final class Echo implements Plugin {
    @Override
    public CompletionStage<Void> initialize(PluginInfo info) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Object> execute(String action, Map<String, Object> arguments) {
      return action.equals("never")
          ? new CompletableFuture<>()
          : CompletableFuture.completedStage(action + " " + arguments);
    }

    @Override
    public CompletionStage<Void> cleanup() {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<PluginHealth> health() {
      return CompletableFuture.completedStage(PluginHealth.degraded("One cow is ill."));
    }
  }

  private final class FakeGate implements Gate {
    @Override
    public Object call(CallContext context, String action, Map<String, Object> arguments) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Object> submit(
        CallContext context, String action, Map<String, Object> arguments) {
      throughTheGate.add(context.principal().name() + " " + action);
      return CompletableFuture.completedStage(1);
    }
  }

  private static final class FakeCatalog implements ActionCatalog {
    @Override
    public List<ActionInfo> actions() {
      return List.of(Fakes.action("livestock", "count"));
    }

    @Override
    public Optional<ActionInfo> find(String id) {
      return actions().stream().filter(a -> a.id().equals(id)).findFirst();
    }

    @Override
    public long revision() {
      return 1;
    }
  }

  private static final class FixedClock implements Clock {
    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanos() {
      return 0;
    }
  }
}
