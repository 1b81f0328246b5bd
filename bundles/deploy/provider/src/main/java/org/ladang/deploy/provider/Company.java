package org.ladang.deploy.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Bundles that came together and import from each other in a circle: none of them resolves alone. They are installed
 * before any is started, and either all of them are taken or none.
 */
final class Company {
  private final Pipeline pipeline;

  Company(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * Tries those that lack packages together.
   *
   * @param left the files that are not decided upon yet
   * @param run runs one of them
   * @return the verdicts over those that find each other; empty where there are none
   */
  Map<Candidate, Verdict> of(List<Candidate> left, Function<Candidate, Verdict> run) {
    List<Candidate> lacking = left.stream().filter(Pipeline::lacksPackages).toList();
    List<Candidate> company = lacking.size() < 2 ? List.of() : pipeline.assemble(lacking);
    Map<Candidate, Verdict> verdicts = new LinkedHashMap<>();
    List<Candidate> running = new ArrayList<>();
    Optional<Candidate> bad = Optional.empty();
    for (Candidate one : company) {
      if (bad.isEmpty()) {
        Verdict verdict = run.apply(one);
        verdicts.put(one, verdict);
        if (verdict instanceof Verdict.Accepted) {
          running.add(one);
        } else {
          bad = Optional.of(one);
        }
      }
    }
    if (bad.isEmpty()) {
      return verdicts;
    }
    for (int i = running.size() - 1; i >= 0; i--) {
      pipeline.takeBack(running.get(i));
    }
    Verdict.Refusal why = refusal(verdicts.get(bad.get()));
    for (Candidate one : company) {
      verdicts.put(one, one.equals(bad.get()) ? why : dragged(one, bad.get(), company, why));
    }
    return verdicts;
  }

  private static Verdict.Refusal refusal(Verdict verdict) {
    return ((Verdict.Objection) verdict).refusal();
  }

  private static Verdict.Refusal dragged(
      Candidate one, Candidate bad, List<Candidate> company, Verdict.Refusal why) {
    String names =
        company.stream().map(c -> c.passport().name()).sorted().collect(Collectors.joining(", "));
    return new Verdict.Refusal(
        why.code(),
        one.passport().name()
            + " is not taken, because "
            + names
            + " import from each other, and "
            + bad.passport().name()
            + " was refused: "
            + why.sentence(),
        why.next(),
        Map.of(),
        "");
  }
}
