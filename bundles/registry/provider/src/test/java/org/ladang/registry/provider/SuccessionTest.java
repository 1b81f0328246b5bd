package org.ladang.registry.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ladang.registry.provider.Fakes.plugin;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Passport;
import org.ladang.registry.LegacyModule;
import org.ladang.registry.LegacyModule.Way;

class SuccessionTest {
  private final Fakes.FakeSwapper swapper = new Fakes.FakeSwapper();
  private final Fakes.FakeState state = new Fakes.FakeState();
  private final Succession succession = new Succession(swapper, state);
  private final Passport old = plugin("wells-legacy", "1.4.0");
  private final Passport next = plugin("wells", "2.0.0");

  private String target(String name) {
    return succession.target(name).orElseThrow().passport().name();
  }

  @Test
  void aLegacyPluginAnswersToItsPlainNameWhileNobodyElseDoes() {
    swapper.withLegacy(old, Condition.ACTIVE);

    assertThat(target("wells")).isEqualTo("wells-legacy");
    assertThat(target("wells-legacy")).isEqualTo("wells-legacy");
    assertThat(succession.target("nobody")).isEmpty();
    LegacyModule module = succession.modules().get(0);
    assertThat(module.name()).isEqualTo("wells");
    assertThat(module.successor()).isEmpty();
    assertThat(module.calls()).contains(Way.LEGACY);
    assertThat(module.sentence()).startsWith("Drop a plugin named wells to take its place");
  }

  @Test
  void itsSuccessorIsPreferredAndEitherCanBe() {
    swapper.withLegacy(old, Condition.ACTIVE).with(next, Condition.ACTIVE);
    assertThat(target("wells")).isEqualTo("wells");
    assertThat(succession.modules().get(0).sentence())
        .isEqualTo("Calls go to wells 2.0.0; plugin:remove wells-legacy ends the migration.");

    assertThat(succession.prefer("wells", Way.LEGACY, Optional.empty()).calls())
        .contains(Way.LEGACY);
    assertThat(target("wells")).isEqualTo("wells-legacy");
    succession.prefer("wells-legacy", Way.OSGI, Optional.empty());
    assertThat(target("wells")).isEqualTo("wells");
    assertThat(target("wells-legacy")).as("said by name").isEqualTo("wells-legacy");
  }

  @Test
  void whatWasPreferredSurvivesTheProvider() {
    swapper.withLegacy(old, Condition.ACTIVE).with(next, Condition.ACTIVE);
    succession.prefer("wells", Way.LEGACY, Optional.empty());

    assertThat(new Succession(swapper, state).target("wells").orElseThrow().passport())
        .isEqualTo(old);
  }

  @Test
  void callsGoTheOtherWayWhileThePreferredOneDoesNotServe() {
    swapper.withLegacy(old, Condition.ACTIVE).with(next, Condition.WAITING);
    assertThat(target("wells")).isEqualTo("wells-legacy");
    assertThat(succession.modules().get(0).sentence())
        .isEqualTo(
            "Calls go to the legacy jar, because wells 2.0.0 does not serve: it is waiting.");

    succession.prefer("wells", Way.LEGACY, Optional.empty());
    swapper.withLegacy(old, Condition.STOPPED).with(next, Condition.READY_LAZY);
    assertThat(target("wells")).isEqualTo("wells");
    assertThat(succession.modules().get(0).sentence())
        .endsWith("because the legacy jar does not serve: it is stopped.");
  }

  @Test
  void aSuccessorOfAnotherNameIsDeclared() {
    swapper.withLegacy(old, Condition.ACTIVE).with(plugin("pumps", "1.0.0"), Condition.ACTIVE);
    LegacyModule module = succession.prefer("wells", Way.OSGI, Optional.of("pumps"));

    assertThat(module.successor()).isEqualTo("pumps");
    assertThat(module.successorVersion()).isEqualTo("1.0.0");
    assertThat(target("wells")).isEqualTo("pumps");
  }

  @Test
  void anOrdinaryPluginThatIsNamedSoIsNoLegacyPlugin() {
    swapper.with(old, Condition.ACTIVE).with(next, Condition.ACTIVE);

    assertThat(target("wells")).isEqualTo("wells");
    assertThat(succession.modules()).isEmpty();
    assertThatThrownBy(() -> succession.prefer("wells", Way.LEGACY, Optional.empty()))
        .isInstanceOfSatisfying(
            LadangException.class, e -> assertThat(e.code()).isEqualTo("LADANG-REGISTRY-012"));
  }
}
