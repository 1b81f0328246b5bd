package org.ladang.deploy.provider;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.deploy.GenerationDifference;
import org.ladang.deploy.GenerationDifference.What;
import org.ladang.deploy.GenerationInfo;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Generation;
import org.ladang.kernel.swap.Generations;

/** The kept generations as people ask for them. */
final class GenerationView {
  private final Generations generations;

  GenerationView(Generations generations) {
    this.generations = generations;
  }

  List<GenerationInfo> all() {
    long present = generations.current().number();
    return generations.kept().stream()
        .map(
            g ->
                new GenerationInfo(
                    g.number(),
                    g.at(),
                    g.author(),
                    g.reason(),
                    g.bundles().size(),
                    g.inbox().size(),
                    g.number() == present))
        .toList();
  }

  /** A kept generation; the one before the present where no number is given. */
  Generation kept(Optional<Long> number) {
    List<Generation> kept = generations.kept();
    long wanted = number.orElse(kept.size() > 1 ? kept.get(1).number() : 0L);
    return kept.stream()
        .filter(g -> g.number() == wanted)
        .findFirst()
        .orElseThrow(() -> unknown(number, kept));
  }

  private static LadangException unknown(Optional<Long> number, List<Generation> kept) {
    String which =
        number.isEmpty()
            ? "There is no generation before the present one."
            : "There is no generation " + number.get() + " any more, or not yet.";
    String those =
        kept.isEmpty()
            ? ""
            : " Generations "
                + kept.get(kept.size() - 1).number()
                + " to "
                + kept.get(0).number()
                + " are kept.";
    return new LadangException("LADANG-DEPLOY-015", which + those)
        .next("deploy:generations lists them.");
  }

  List<GenerationDifference> diff(long from, long to) {
    return changes(kept(Optional.of(from)).bundles(), kept(Optional.of(to)).bundles()).stream()
        .map(Pair::difference)
        .sorted(Comparator.comparing(GenerationDifference::name))
        .toList();
  }

  /** The bundles that are not the same in both lists. */
  static List<Pair> changes(List<BundleEntry> from, List<BundleEntry> to) {
    Map<String, BundleEntry> before = new LinkedHashMap<>();
    from.forEach(b -> before.put(b.symbolicName(), b));
    List<Pair> changes = new ArrayList<>();
    for (BundleEntry next : to) {
      BundleEntry was = before.remove(next.symbolicName());
      if (was == null
          || !was.sha256().equals(next.sha256())
          || was.stopped() != next.stopped()
          || !was.file().equals(next.file())
          || !was.data().equals(next.data())) {
        changes.add(new Pair(Optional.ofNullable(was), Optional.of(next)));
      }
    }
    before.values().forEach(gone -> changes.add(new Pair(Optional.of(gone), Optional.empty())));
    return changes;
  }

  /** A difference as people read it, for example {@code bots 1.0.0 → 2.0.0}. */
  static String words(GenerationDifference difference) {
    return difference.name()
        + " "
        + (difference.from().isEmpty() ? "none" : difference.from())
        + " → "
        + (difference.to().isEmpty() ? "none" : difference.to());
  }

  /** A bundle in two generations; at least one of them names it. */
  record Pair(Optional<BundleEntry> from, Optional<BundleEntry> to) {

    GenerationDifference difference() {
      BundleEntry named = to.orElseGet(from::orElseThrow);
      return new GenerationDifference(
          named.name(),
          what(),
          from.map(BundleEntry::version).orElse(""),
          to.map(BundleEntry::version).orElse(""),
          named.file());
    }

    private What what() {
      if (from.isEmpty()) {
        return What.ADDED;
      }
      if (to.isEmpty()) {
        return What.REMOVED;
      }
      if (from.get().stopped() != to.get().stopped()) {
        return to.get().stopped() ? What.STOPPED : What.STARTED;
      }
      return What.REPLACED;
    }
  }
}
