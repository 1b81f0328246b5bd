package org.ladang.deploy.provider;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport.Need;

/**
 * Puts files that came together into the order in which they can be taken: plain bundles, whose packages others may
 * import; then the rooms, this one last; then the plugins, each after those that it needs. Otherwise as they were
 * dropped, so that of two files of one plugin the last dropped wins.
 */
final class BatchOrder {
  private static final Comparator<Candidate> DROPPED =
      Comparator.comparing((Candidate c) -> c.sighting().stamp().dropped())
          .thenComparing(c -> c.sighting().first())
          .thenComparing(Candidate::file);

  private BatchOrder() {}

  static List<Candidate> of(List<Candidate> batch) {
    List<Candidate> dropped = new ArrayList<>(batch);
    dropped.sort(DROPPED);
    Map<String, List<Candidate>> plugins = new HashMap<>();
    for (Candidate candidate : dropped) {
      if (candidate.passport().kind() == Kind.PLUGIN) {
        plugins.computeIfAbsent(candidate.passport().name(), n -> new ArrayList<>()).add(candidate);
      }
    }
    List<Candidate> ordered = new ArrayList<>();
    dropped.stream().filter(c -> c.passport().kind() == Kind.PLAIN).forEach(ordered::add);
    dropped.stream()
        .filter(c -> c.passport().kind() == Kind.SUBSYSTEM && !c.isDeployItself())
        .forEach(ordered::add);
    Set<Candidate> placed = new HashSet<>();
    dropped.stream()
        .filter(c -> c.passport().kind() == Kind.PLUGIN)
        .forEach(c -> place(c, plugins, placed, ordered));
    dropped.stream().filter(Candidate::isDeployItself).forEach(ordered::add);
    return ordered;
  }

  /** Depth first; a circle is cut where it closes. */
  private static void place(
      Candidate candidate,
      Map<String, List<Candidate>> plugins,
      Set<Candidate> placed,
      List<Candidate> ordered) {
    if (!placed.add(candidate)) {
      return;
    }
    for (Need need : candidate.passport().requires()) {
      for (Candidate needed : plugins.getOrDefault(need.plugin(), List.of())) {
        if (!needed.passport().name().equals(candidate.passport().name())) {
          place(needed, plugins, placed, ordered);
        }
      }
    }
    ordered.add(candidate);
  }
}
