package org.ladang.health.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Set;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ladang.health.CheckInfo;
import org.ladang.health.CheckResult;
import org.ladang.health.Health;
import org.ladang.health.Word;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Kind;

class FelixHealthTest {
  private final Fakes fakes = new Fakes();
  private Health health;

  @BeforeEach
  void open() {
    health =
        new FelixHealth(
            fakes.context(), fakes, fakes, fakes, fakes, Fakes.defaults(FelixHealth.Config.class));
  }

  @ParameterizedTest
  @CsvSource({
    "OK, HEALTHY",
    "WARN, DEGRADED",
    "TEMPORARILY_UNAVAILABLE, DEGRADED",
    "CRITICAL, UNHEALTHY",
    "HEALTH_CHECK_ERROR, UNHEALTHY"
  })
  void felixsWordsBecomeOurs(Status status, Word word) {
    fakes.check("One", "sn.one", status, "So it is.");

    assertThat(health.run(Set.of()).word()).isEqualTo(word);
  }

  @Test
  void allRunWhereNoneIsAskedForAndTheWorstComesFirst() {
    fakes.check("A", "sn.a", Status.OK, "Fine.", "x");
    fakes.check("B", "sn.b", Status.CRITICAL, "Dead.", "y");
    fakes.check("C", "sn.c", Status.WARN, "Weak.");

    assertThat(health.run(Set.of()).results())
        .extracting(CheckResult::name)
        .containsExactly("B", "C", "A");
  }

  @Test
  void checksRunByTagOrByName() {
    fakes.check("A", "sn.a", Status.OK, "Fine.", "x");
    fakes.check("B", "sn.b", Status.CRITICAL, "Dead.", "y");
    fakes.check("C", "sn.c", Status.WARN, "Weak.");

    assertThat(health.run(Set.of("x", "C")).results())
        .extracting(CheckResult::name)
        .containsExactly("C", "A");
  }

  @Test
  void aWordThatNoCheckHasIsRefusedRatherThanAnsweredWithHealthy() {
    fakes.check("A", "sn.a", Status.CRITICAL, "Dead.", "x");
    LadangException refusal =
        catchThrowableOfType(LadangException.class, () -> health.run(Set.of("xx")));

    assertThat(refusal.line())
        .isEqualTo(
            "No health check has the tag or name xx. health:list shows them; the tags are x."
                + " [LADANG-HEALTH-001]");
    assertThat(fakes.executions).isZero();
  }

  @Test
  void theOwnerIsTheBundleBehindTheKernelsProxy() {
    fakes.check("A", "sn.bots", Status.OK, "Fine.");
    fakes.check("B", "", Status.OK, "Fine.");

    assertThat(health.checks())
        .extracting(CheckInfo::owner)
        .containsExactly("sn.bots", "org.ladang.kernel.provider");
    assertThat(health.run(Set.of("A")).results())
        .extracting(CheckResult::owner)
        .containsExactly("sn.bots");
  }

  @Test
  void sentencesAreToldInOrderWithoutDebugging() {
    FormattingResultLog log = new FormattingResultLog();
    log.debug("Counting.");
    log.info("One.");
    log.warn("Two.");
    fakes.check("A", "sn.a", new Result(log));

    assertThat(health.run(Set.of()).results().get(0).sentences()).containsExactly("One.", "Two.");
  }

  @Test
  void aCheckThatDoesNotAnswerIsLate() {
    fakes.check("A", "sn.a", Status.WARN, "Still running.");
    fakes.late = Set.of("A");

    assertThat(health.run(Set.of()).results().get(0).late()).isTrue();
  }

  @Test
  void aRuntimeThatIsStartingIsNotReadyAndNoCheckIsRun() {
    fakes.ready = false;

    assertThat(health.readiness().ready()).isFalse();
    assertThat(fakes.executions).isZero();
  }

  @Test
  void aSickPluginDoesNotMakeThePlatformUnready() {
    fakes.bundle("bots", Kind.PLUGIN, Condition.ACTIVE, "", "");
    fakes.check("Bots", "sn.bots", Status.CRITICAL, "Dead.", Health.READINESS);

    assertThat(health.readiness().ready()).isTrue();
  }

  @Test
  void aSickRoomDoesWhereItsCheckSaysThatItMatters() {
    fakes.bundle("shard", Kind.SUBSYSTEM, Condition.ACTIVE, "", "");
    fakes.check("Disk", "sn.shard", Status.CRITICAL, "Full.");
    assertThat(health.readiness().ready()).isTrue();
    fakes.check("Shards", "sn.shard", Status.WARN, "One is slow.", Health.READINESS);
    assertThat(health.readiness().ready()).isTrue();
    fakes.check("Catalogue", "sn.shard", Status.CRITICAL, "Gone.", Health.READINESS);

    assertThat(health.readiness())
        .isEqualTo(new Health.Readiness(false, "The check Catalogue of sn.shard says: Gone."));
  }
}
