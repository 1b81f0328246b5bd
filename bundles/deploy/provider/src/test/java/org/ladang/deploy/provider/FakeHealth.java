package org.ladang.deploy.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ladang.health.CheckInfo;
import org.ladang.health.CheckResult;
import org.ladang.health.Health;
import org.ladang.health.Report;
import org.ladang.health.Word;

/** One check for each owner that was given a word. */
final class FakeHealth implements Health {
  final Map<String, Word> words = new HashMap<>();

  @Override
  public List<CheckInfo> checks() {
    return words.keySet().stream().map(o -> new CheckInfo("Check of " + o, List.of(), o)).toList();
  }

  @Override
  public Report run(Set<String> names) {
    List<CheckResult> results =
        words.entrySet().stream()
            .filter(e -> names.contains("Check of " + e.getKey()))
            .map(
                e ->
                    new CheckResult(
                        "Check of " + e.getKey(),
                        e.getValue(),
                        List.of("It is so."),
                        List.of(),
                        e.getKey(),
                        Duration.ZERO,
                        Instant.EPOCH,
                        false))
            .toList();
    return new Report(Word.HEALTHY, Instant.EPOCH, results);
  }

  @Override
  public Readiness readiness() {
    return new Readiness(true, "");
  }
}
