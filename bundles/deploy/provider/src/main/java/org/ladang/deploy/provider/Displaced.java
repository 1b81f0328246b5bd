package org.ladang.deploy.provider;

import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.State;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Generation;
import org.ladang.kernel.swap.Generations;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Store;

/** Remembers the distribution's own bundle when a dropped one takes its place, for the day the file goes. */
final class Displaced {
  private static final String PREFIX = "displaced.";

  private final State state;
  private final Generations generations;
  private final Store store;

  Displaced(State state, Generations generations, Store store) {
    this.state = state;
    this.generations = generations;
    this.store = store;
  }

  void remember(BundleEntry entry) {
    state.put(
        PREFIX + entry.symbolicName(),
        Map.of(
            "name", entry.name(),
            "kind", entry.kind().name(),
            "version", entry.version(),
            "sha256", entry.sha256()));
  }

  /** The distribution's own bundle of that symbolic name, where it is known and its jar still lies in the store. */
  Optional<BundleEntry> of(String symbolicName) {
    return state
        .get(PREFIX + symbolicName)
        .filter(Map.class::isInstance)
        .map(v -> entry(symbolicName, (Map<?, ?>) v))
        .or(() -> kept(symbolicName))
        .filter(e -> Files.exists(store.path(e.sha256())));
  }

  private Optional<BundleEntry> kept(String symbolicName) {
    return generations.kept().stream()
        .map((Generation g) -> g.bundle(symbolicName))
        .flatMap(Optional::stream)
        .filter(BundleEntry::fromDistribution)
        .findFirst();
  }

  private static BundleEntry entry(String symbolicName, Map<?, ?> written) {
    return new BundleEntry(
        symbolicName,
        written.get("name").toString(),
        Kind.valueOf(written.get("kind").toString()),
        written.get("version").toString(),
        written.get("sha256").toString(),
        false,
        "");
  }
}
