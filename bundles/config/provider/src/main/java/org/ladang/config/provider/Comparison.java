package org.ladang.config.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ladang.config.Difference;
import org.ladang.kernel.LadangException;

/** Compares the run-time layer at two revisions. */
final class Comparison {
  private final RuntimeLayer runtime;
  private final Layers layers;

  Comparison(RuntimeLayer runtime, Layers layers) {
    this.runtime = runtime;
    this.layers = layers;
  }

  List<Difference> between(long from, long to) {
    return changes(from, to).stream().map(StoredChange::shown).toList();
  }

  /** The same with the true values. */
  List<StoredChange> changes(long from, long to) {
    var before = layer(from);
    var after = layer(to);
    Set<String> pids = new TreeSet<>(before.keySet());
    pids.addAll(after.keySet());
    List<StoredChange> differences = new ArrayList<>();
    for (String pid : pids) {
      var left = before.getOrDefault(pid, Map.of());
      var right = after.getOrDefault(pid, Map.of());
      Set<String> keys = new TreeSet<>(left.keySet());
      keys.addAll(right.keySet());
      for (String key : keys) {
        Optional<Object> was = Optional.ofNullable(left.get(key)).map(RuntimeLayer.Entry::value);
        Optional<Object> is = Optional.ofNullable(right.get(key)).map(RuntimeLayer.Entry::value);
        if (!was.equals(is)) {
          differences.add(new StoredChange(pid, key, was, is, layers.secret(pid, key)));
        }
      }
    }
    return differences;
  }

  private Map<String, Map<String, RuntimeLayer.Entry>> layer(long number) {
    if (number < runtime.oldest() || number > runtime.newest()) {
      throw noSuch(number, runtime);
    }
    return runtime.at(number);
  }

  static LadangException noSuch(long number, RuntimeLayer runtime) {
    String kept =
        runtime.newest() == 0
            ? "Nothing was changed yet."
            : "Revisions " + (runtime.oldest() + 1) + " to " + runtime.newest() + " are kept.";
    return new LadangException("LADANG-CONFIG-008", "There is no revision " + number + ". " + kept)
        .next("config:history lists them.");
  }
}
