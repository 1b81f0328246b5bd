package org.ladang.kernel.swap;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Plugins that fail after they had run. One is restarted after 1, 2, 4 … 60 s; at the fifth failure within five minutes
 * it is quarantined: taken out, kept in its generation, visible, and left alone, also after a restart of the runtime,
 * until it is released or another version comes.
 *
 * <p>A failure is: a component that could not be activated, a bundle that was stopped from outside, or a start that was
 * refused although the generation names the bundle. To wait for a service or configuration is none, nor is a call that
 * throws.
 */
@ProviderType
public interface Quarantine {
  /**
   * Forgets a plugin's failures and starts it again.
   *
   * @param name plugin name or symbolic name
   * @return how it is now
   * @throws org.ladang.kernel.LadangException {@code LADANG-SWAP-024} when no plugin of that name is quarantined
   */
  SwapOutcome release(String name);
}
