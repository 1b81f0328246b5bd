package org.ladang.kernel.swap;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.osgi.annotation.versioning.ProviderType;

/** The generations in {@code data/generations/}. Switching is atomic and durable. */
@ProviderType
public interface Generations {
  /** The present one. */
  Generation current();

  /** The kept ones, newest first. */
  List<Generation> kept();

  /**
   * Writes the next generation and makes it the present one: write, fsync, rename, fsync of the folder. Nothing is
   * written when {@code change} changes neither bundles nor inbox.
   *
   * @param author who makes it
   * @param reason why, as a sentence
   * @param change from the present content to the next
   * @throws org.ladang.kernel.LadangException {@code LADANG-GENERATION-001} when the disk refuses; the present one stays
   */
  Generation commit(String author, String reason, UnaryOperator<Content> change);

  /**
   * What a generation names.
   *
   * @param bundles what is to run
   * @param inbox file name to SHA-256
   */
  record Content(List<BundleEntry> bundles, Map<String, String> inbox) {}
}
