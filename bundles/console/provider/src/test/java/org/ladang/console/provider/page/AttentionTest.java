package org.ladang.console.provider.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionTest {
  private final Answers answers = Answers.healthy(23);

  @Test
  void whereAllIsWellNothingNeedsAttention() {
    assertThat(needs()).isEmpty();
    assertThat(verdict().sentence()).startsWith("Healthy: all 23 plugins serve");
  }

  @Test
  void aRefusedUpgradeNamesVersionCauseTimeAndWhatServesOn() {
    answers.values.put("plugin:list", List.of(Answers.plugin("billing", "2.0.4", "ACTIVE", "")));
    answers.values.put(
        "deploy:history",
        List.of(
            attempt(
                "billing",
                "2.1.0",
                "REFUSED",
                "activate threw: no pump.",
                "2026-03-01T14:02:11Z")));
    assertThat(needs())
        .singleElement()
        .satisfies(
            need -> {
              assertThat(need.subject()).isEqualTo("billing 2.1.0");
              assertThat(need.cause()).contains("no pump");
              assertThat(need.done()).isEqualTo("billing 2.0.4 goes on serving.");
              assertThat(need.since()).hasValue(java.time.Instant.parse("2026-03-01T14:02:11Z"));
              assertThat(need.bad()).isFalse();
            });
    assertThat(verdict().sentence())
        .startsWith("Degraded: 1 of 1 plugins: billing 2.1.0")
        .contains("billing 2.1.0", "no pump", "2026-03-01 14:02:11 UTC");
  }

  @Test
  void aLaterGoodAttemptTakesTheRefusalBack() {
    answers.values.put(
        "deploy:history",
        List.of(
            attempt("billing", "2.1.1", "LIVE", "live.", "2026-03-01T14:03:00Z"),
            attempt("billing", "2.1.0", "REFUSED", "threw.", "2026-03-01T14:02:00Z")));
    assertThat(needs()).isEmpty();
  }

  @Test
  void anOutcomeThatIsNotKnownYetNeedsAttentionToo() {
    answers.values.put(
        "deploy:history",
        List.of(
            attempt(
                "billing", "2.1.0", "ROLLED_BACK", "watched and undone.", "2026-03-01T14:02:00Z")));
    assertThat(needs()).extracting(Need::subject).containsExactly("billing 2.1.0");
  }

  @Test
  void whatDoesNotServeComesBeforeWhatIsOnlySlow() {
    answers.values.put(
        "plugin:list",
        List.of(
            Answers.plugin("slow", "1.0.0", "ACTIVE", ""),
            Answers.plugin("dead", "1.0.0", "QUARANTINED", "It failed five times in a minute.")));
    answers.values.put(
        "telemetry:now",
        Map.of(
            "over", "PT5M",
            "calls", List.of(Map.of("owner", "slow", "calls", 1.0, "errors", 0.0, "p95", 2300.0)),
            "gauges", Map.of()));
    assertThat(needs()).extracting(Need::subject).containsExactly("dead 1.0.0", "slow");
    assertThat(verdict().sentence())
        .startsWith("Unhealthy")
        .contains("five times")
        .endsWith("And 1 more.");
  }

  @Test
  void fewErrorsAreNoBurst() {
    answers.values.put("plugin:list", List.of(Answers.plugin("bots", "1.0.0", "ACTIVE", "")));
    calls(1.0, 4.0 / 300);
    assertThat(needs()).isEmpty();
    calls(10.0, 30.0 / 300);
    assertThat(needs()).as("one percent").isEmpty();
    calls(1.0, 30.0 / 300);
    assertThat(needs()).singleElement().satisfies(n -> assertThat(n.cause()).contains("30 of 300"));
  }

  @Test
  void aWarningThatALaterEventTookBackIsOver() {
    Map<String, Object> lost = event("shard.lost", "ERROR", "2026-03-01T14:00:00Z");
    answers.values.put("ladang:events", List.of(lost));
    assertThat(needs()).extracting(Need::subject).containsExactly("shard-3");
    answers.values.put(
        "ladang:events", List.of(event("shard.recovered", "INFO", "2026-03-01T14:01:00Z"), lost));
    assertThat(needs()).isEmpty();
  }

  @Test
  void aRoomThatDoesNotAnswerCostsItsFiguresAndIsNamed() {
    answers.values.remove("telemetry:now");
    answers.values.remove("shard:list");
    assertThat(needs()).extracting(Need::subject).containsExactlyInAnyOrder("shard", "telemetry");
    assertThat(page()).contains("plugin-22", "The room telemetry does not answer");
  }

  @ParameterizedTest
  @CsvSource({
    "plugin:list,registry",
    "health:run,health",
    "deploy:history,deploy",
    "config:history,config",
    "shard:stats,shard",
    "ladang:events,kernel"
  })
  void whereARoomDoesNotAnswerTheFieldIsNeverCalledHealthy(String action, String room) {
    answers.values.remove(action);
    assertThat(verdict().word()).isEqualTo("Degraded");
    assertThat(verdict().sentence())
        .contains("The room " + room + " does not answer", "is gone", "Since 2026-03-01 14:05:00");
    assertThat(page()).doesNotContain("Healthy").contains("The room " + room);
  }

  @Test
  void sinceWhenARoomDoesNotAnswerIsWhatItsLastEventSays() {
    answers.values.remove("plugin:list");
    Map<String, Object> quarantine = new java.util.HashMap<>();
    quarantine.putAll(event("swap.quarantine", "ERROR", "2026-03-01T14:01:00Z"));
    quarantine.put("subject", "registry");
    quarantine.put("sentence", "registry 2.0.0 failed 5 times within 3 s: `no soil`.");
    answers.values.put("ladang:events", List.of(quarantine));
    assertThat(needs())
        .singleElement()
        .satisfies(
            need -> {
              assertThat(need.since()).hasValue(java.time.Instant.parse("2026-03-01T14:01:00Z"));
              assertThat(need.cause()).endsWith("failed 5 times within 3 s: no soil.");
              assertThat(need.steps())
                  .extracting(Need.Step::label)
                  .containsExactly("Drop a repaired jar", "Look at the events");
            });
  }

  @Test
  void whatTheKernelKnowsOfASilentRoomIsTheCause() {
    answers.values.remove("health:run");
    answers.values.put(
        "ladang:status",
        Map.of("ready", true, "attention", List.of("health: It was stopped from outside.")));
    assertThat(verdict().sentence())
        .startsWith(
            "Degraded: health: The room health does not answer: It was stopped from outside.");
  }

  @Test
  void theVerdictNamesNoClassAndKeepsTheCause() {
    answers.values.put(
        "deploy:history",
        List.of(
            attempt(
                "billing",
                "2.1.0",
                "REFUSED",
                "The component org.billing.Till of org.billing 2.1.0 could not be activated:"
                    + " java.lang.IllegalStateException: no pump at org.billing.Till.<init>(Till.java:9).",
                "2026-03-01T14:02:11Z")));
    assertThat(verdict().sentence())
        .contains("billing 2.1.0: One of its components could not be activated: no pump.");
    assertThat(page()).doesNotContain("IllegalStateException", "Till");
  }

  @Test
  void thePoolsStandAmongTheBarsOfCapacity() {
    assertThat(page())
        .contains("<label for=\"bar-pools\">Pools</label>", "3 of 64 permits", "shard:stats");
  }

  /** What a shard that was not made yet has is not known: the room says -1. */
  @Test
  void whatIsNotKnownOfAShardIsNotSummedUp() {
    answers.values.put(
        "shard:list", List.of(Map.of("id", "shard-0", "state", "OK", "rows", -1, "bytes", -1)));
    assertThat(page()).contains("1 of 1 serve, 0 rows, 0 B");
  }

  private String page() {
    return new OverviewPage()
        .content(answers.visit(org.ladang.kernel.action.Role.VIEWER, "/console"))
        .toCompletableFuture()
        .join()
        .render();
  }

  private void calls(double calls, double errors) {
    answers.values.put(
        "telemetry:now",
        Map.of(
            "over", "PT5M",
            "calls", List.of(Map.of("owner", "bots", "calls", calls, "errors", errors)),
            "gauges", Map.of()));
  }

  private List<Need> needs() {
    return Attention.of(answers.facts(), Answers.NOW, new FirstSeen());
  }

  private Verdict verdict() {
    return Verdict.of(answers.facts(), needs());
  }

  private static Map<String, Object> attempt(
      String name, String version, String outcome, String sentence, String at) {
    return Map.of(
        "name",
        name,
        "version",
        version,
        "outcome",
        outcome,
        "sentence",
        sentence,
        "at",
        at,
        "file",
        name + ".jar");
  }

  private static Map<String, Object> event(String type, String severity, String at) {
    return Map.of(
        "type",
        type,
        "severity",
        severity,
        "subject",
        "shard-3",
        "sentence",
        "It is so.",
        "at",
        at,
        "details",
        Map.of());
  }
}
