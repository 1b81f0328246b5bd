package org.ladang.kernel.swap;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The desired state, numbered: what is to run. Immutable once written.
 *
 * @param number 1 for the first
 * @param at when it was made
 * @param author who made it
 * @param reason why, as a sentence
 * @param bundles what is to run, besides the base
 * @param inbox the listing of {@code deploy/} that it was made from: file name to SHA-256
 */
public record Generation(
    long number,
    Instant at,
    String author,
    String reason,
    List<BundleEntry> bundles,
    Map<String, String> inbox) {

  public Generation {
    bundles = List.copyOf(bundles);
    inbox = Map.copyOf(inbox);
  }

  /** The bundle of that symbolic name. */
  public Optional<BundleEntry> bundle(String symbolicName) {
    return bundles.stream().filter(b -> b.symbolicName().equals(symbolicName)).findFirst();
  }

  /** The bundle that came as that file of the inbox. */
  public Optional<BundleEntry> file(String file) {
    return bundles.stream().filter(b -> b.file().equals(file)).findFirst();
  }
}
