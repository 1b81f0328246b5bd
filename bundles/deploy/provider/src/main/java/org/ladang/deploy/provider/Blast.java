package org.ladang.deploy.provider;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ladang.kernel.swap.SwapPlan;

/** How many others an upgrade may touch unless somebody says so. Safe for any thread. */
final class Blast {
  private final int limit;
  private final Set<String> forced = ConcurrentHashMap.newKeySet();

  /** At most {@code limit} others. */
  Blast(int limit) {
    this.limit = limit;
  }

  /** The next content of that file may touch as many as it has to. */
  void force(String file) {
    forced.add(file);
  }

  /** What was decided over a file is decided. */
  void settled(String file) {
    forced.remove(file);
  }

  static List<String> sentences(SwapPlan plan) {
    return plan.touched().stream().map(SwapPlan.Touched::why).toList();
  }

  /** Why it goes too far; empty where it does not. */
  Optional<Verdict.Refusal> objection(Candidate candidate, SwapPlan plan) {
    long others = plan.touched().stream().map(SwapPlan.Touched::symbolicName).distinct().count();
    if (others <= limit || forced.contains(candidate.file())) {
      return Optional.empty();
    }
    return Optional.of(
        new Verdict.Refusal(
            "LADANG-DEPLOY-020",
            candidate.passport().name()
                + " "
                + candidate.passport().version()
                + " would touch "
                + others
                + (others == 1 ? " other bundle" : " others")
                + ", more than the "
                + limit
                + " that are allowed: "
                + String.join(" ", sentences(plan)),
            "If that is meant: deploy:accept " + candidate.file() + " force=true.",
            java.util.Map.of("touched", others, "limit", limit),
            ""));
  }
}
