package org.ladang.registry.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ladang.registry.provider.Fakes.need;
import static org.ladang.registry.provider.Fakes.plugin;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Passport.Need;

class RequirementsTest {
  private final Fakes.FakeSwapper swapper = new Fakes.FakeSwapper();
  private final Passport bots = plugin("bots", "1.2.0", need("livestock", "1.0", "2.0"));

  private List<String> unmet(Passport passport) {
    return Requirements.unmet(passport, PluginView.of(swapper.statuses()));
  }

  @Test
  void aVersionOutOfRangeIsExplainedWithBothWaysOut() {
    swapper.with(plugin("livestock", "2.1.0"), Condition.ACTIVE);

    assertThat(unmet(bots))
        .containsExactly(
            "bots 1.2.0 needs plugin livestock in [1.0,2.0), found 2.1.0: install a livestock 1.x"
                + " or a bots that accepts 2.");
  }

  @Test
  void aMissingPluginIsNamed() {
    assertThat(unmet(bots))
        .containsExactly(
            "bots 1.2.0 needs plugin livestock in [1.0,2.0), and there is none: install a"
                + " livestock 1.x.");
  }

  @Test
  void aStoppedPluginIsToBeStarted() {
    swapper.with(plugin("livestock", "1.4.0"), Condition.STOPPED);

    assertThat(unmet(bots))
        .containsExactly(
            "bots 1.2.0 needs plugin livestock in [1.0,2.0), which is stopped: start it with"
                + " plugin:start livestock.");
  }

  @Test
  void aRefusedPluginIsNotCountedUpon() {
    swapper.with(plugin("livestock", "1.4.0"), Condition.REFUSED);

    assertThat(unmet(bots).get(0)).contains("which was refused: plugin:why livestock");
  }

  @Test
  void aRangeWithinAMajorVersionKeepsItsLowerEnd() {
    swapper.with(plugin("livestock", "1.2.0"), Condition.ACTIVE);
    Passport picky = plugin("bots", "1.2.0", need("livestock", "1.5", "2.0"));

    assertThat(unmet(picky))
        .containsExactly(
            "bots 1.2.0 needs plugin livestock in [1.5,2.0), found 1.2.0: install a livestock 1.x"
                + " from 1.5.0 on or a bots that accepts 1.2.0.");
  }

  @Test
  void anOddRangeIsSaidAsItIs() {
    Passport odd = plugin("bots", "1.2.0", need("livestock", "1.5", "1.7"));

    assertThat(unmet(odd).get(0)).endsWith("install a livestock in [1.5,1.7).");
  }

  @Test
  void anyVersionMayDo() {
    Passport open = plugin("bots", "1.0.0", new Need("livestock", "(ladang.plugin=livestock)", ""));
    assertThat(unmet(open))
        .containsExactly(
            "bots 1.0.0 needs plugin livestock, and there is none: install a livestock.");
    swapper.with(plugin("livestock", "77.0.0"), Condition.READY_LAZY);

    assertThat(unmet(open)).isEmpty();
  }

  @Test
  void aFilterWithoutANameLooksAtAllPlugins() {
    Passport any = plugin("bots", "1.0.0", new Need("", "(title=The livestock)", ""));
    assertThat(unmet(any).get(0)).contains("a plugin that matches (title=The livestock)");
    swapper.with(plugin("livestock", "1.0.0"), Condition.ACTIVE);

    assertThat(unmet(any)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.0.0, ACTIVE, true",
    "1.0, READY_LAZY, true",
    "1.9.9.z, WAITING, true",
    "1.0.0, STARTING, true",
    "0.9.9, ACTIVE, false",
    "2.0.0, ACTIVE, false",
    "10.0.0, ACTIVE, false"
  })
  void versionsAreComparedAsVersions(String version, Condition state, boolean enough) {
    swapper.with(plugin("livestock", version), state);

    assertThat(unmet(bots).isEmpty()).isEqualTo(enough);
  }
}
