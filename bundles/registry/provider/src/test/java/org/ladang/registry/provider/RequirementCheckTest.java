package org.ladang.registry.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ladang.registry.provider.Fakes.need;
import static org.ladang.registry.provider.Fakes.plugin;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.swap.BundleStatus.Condition;

class RequirementCheckTest {
  private final Fakes.FakeSwapper swapper = new Fakes.FakeSwapper();
  private final Fakes.FakeScheduler scheduler = new Fakes.FakeScheduler();
  private final CallContext context = CallContext.of(Principal.SYSTEM, "local", "t", Instant.MAX);

  private void call(RequirementCheck check, String plugin) {
    check.check(context, Fakes.action(plugin, "count"));
  }

  @Test
  void aCallToAPluginThatLacksAnotherIsRefusedWithTheSentence() {
    swapper.with(plugin("bots", "1.2.0", need("livestock", "1.0", "2.0")), Condition.ACTIVE);
    swapper.with(plugin("loans", "1.0.0"), Condition.ACTIVE);
    RequirementCheck check = new RequirementCheck(swapper, scheduler);

    assertThatThrownBy(() -> call(check, "bots"))
        .isInstanceOf(LadangException.class)
        .hasMessageStartingWith("bots 1.2.0 needs plugin livestock in [1.0,2.0)");
    assertThatCode(() -> call(check, "loans")).doesNotThrowAnyException();
  }

  @Test
  void callsDoNotAskTheKernel() {
    swapper.with(plugin("bots", "1.2.0"), Condition.ACTIVE);
    RequirementCheck check = new RequirementCheck(swapper, scheduler);
    int before = swapper.looks;
    for (int i = 0; i < 1_000; i++) {
      call(check, "bots");
    }
    assertThat(swapper.looks).isEqualTo(before);
  }

  @Test
  void aThousandChangesAreWorkedOutOnce() {
    RequirementCheck check = new RequirementCheck(swapper, scheduler);
    int before = swapper.looks;
    for (int i = 0; i < 1_000; i++) {
      check.onEvent(Fakes.event("swap.live", "bots", ""));
    }
    check.onEvent(Fakes.event("config.changed", "bots", ""));
    assertThat(scheduler.planned).hasSize(1);
    scheduler.run();

    assertThat(swapper.looks).isEqualTo(before + 1);
  }

  @Test
  void aChangeThatTakesSomethingAwayIsNoticed() {
    swapper.with(plugin("bots", "1.2.0", need("livestock", "1.0", "2.0")), Condition.ACTIVE);
    swapper.with(plugin("livestock", "1.0.0"), Condition.ACTIVE);
    RequirementCheck check = new RequirementCheck(swapper, scheduler);
    call(check, "bots");
    swapper.remove("org.test.livestock");
    check.onEvent(Fakes.event("swap.removed", "livestock", ""));
    scheduler.run();

    assertThatThrownBy(() -> call(check, "bots")).isInstanceOf(LadangException.class);
  }

  @Test
  void nobodyIsTurnedAwayByOldNews() {
    swapper.with(plugin("bots", "1.2.0", need("livestock", "1.0", "2.0")), Condition.ACTIVE);
    RequirementCheck check = new RequirementCheck(swapper, scheduler);
    assertThatThrownBy(() -> call(check, "bots")).isInstanceOf(LadangException.class);
    swapper.with(plugin("livestock", "1.0.0"), Condition.ACTIVE);
    check.onEvent(Fakes.event("swap.live", "livestock", ""));

    assertThatCode(() -> call(check, "bots")).doesNotThrowAnyException();
  }

  @Test
  void nothingIsPlannedAfterTheEnd() {
    RequirementCheck check = new RequirementCheck(swapper, scheduler);
    check.onEvent(Fakes.event("swap.live", "bots", ""));
    check.close();
    check.onEvent(Fakes.event("swap.live", "bots", ""));

    assertThat(scheduler.planned).isEmpty();
  }
}
