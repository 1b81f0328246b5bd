package org.ladang.kernel.swap;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs bundles and replaces them: install beside, start, prove, flip, drain, stop the old one. Changes what runs, never
 * the generation: the caller commits that when it likes the outcome. One swap of a bundle at a time, others wait. Do not
 * call from an action that the swapped bundle itself serves; hand the work to a thread of the kernel's scheduler.
 */
@ProviderType
public interface Swapper {
  /**
   * Brings a bundle to what {@code entry} says: installed, replaced, started or stopped. The former version keeps
   * serving until the new one is proved, and stays when it is not.
   */
  default SwapOutcome apply(BundleEntry entry) {
    return apply(entry, Trial.NONE);
  }

  /**
   * The same with a last question before the bundle serves. Not asked of what stays stopped, sleeps until its first
   * call, waits for something, or runs already.
   */
  SwapOutcome apply(BundleEntry entry, Trial trial);

  /**
   * What {@link #apply(BundleEntry, Trial)} would do, as far as manifests and wires tell. Changes nothing.
   *
   * @throws org.ladang.kernel.LadangException when it would be refused, with that reason
   */
  SwapPlan plan(BundleEntry entry);

  /**
   * Whether a bundle would find all that it imports and requires, beside what is there: it is resolved and forgotten.
   *
   * @throws org.ladang.kernel.LadangException when it would not, with that reason
   */
  void checkResolves(BundleEntry entry);

  /**
   * Installs bundles that are to be applied next, and starts none, so that those that need each other's packages find
   * them whatever the order. Those that are there already, and those that sleep until their first call, are left as they
   * are.
   *
   * @return the symbolic names of those that resolve; the others are forgotten
   */
  Set<String> assemble(List<BundleEntry> entries);

  /**
   * Asks a plugin that serves whether it may be removed; whoever does not remove it then says so by {@link
   * #removalCancelled}. What does not run is not asked.
   *
   * @throws org.ladang.kernel.LadangException {@code LADANG-SWAP-029} when it objects, fails or does not answer in time
   */
  void beforeRemoval(String symbolicName);

  /** What {@link #beforeRemoval} let pass did not happen. */
  void removalCancelled(String symbolicName);

  /** Stops and uninstalls a bundle and takes its proxies away; nothing happens when it is not there. */
  void remove(String symbolicName);

  /** All bundles that the kernel runs or tried to, in the order of their names. */
  List<BundleStatus> statuses();

  /** One bundle, by symbolic name, plugin name or room name. */
  Optional<BundleStatus> status(String name);

  /**
   * Why a bundle is in its state, in sentences: one for each component that does not serve, with a missing service
   * followed to its root. Empty where all is well.
   */
  List<String> why(String symbolicName);
}
