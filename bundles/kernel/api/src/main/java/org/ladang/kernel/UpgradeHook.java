package org.ladang.kernel;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that a plugin publishes to have a say when its versions change. Each method is called on a thread of the
 * kernel under a deadline, and does nothing by default. What throws stops the upgrade or removal, and what it throws is
 * the reason that people read. Nobody is asked on the way back: a rollback always may.
 *
 * <p>Versions are those of the passports, for example {@code 1.2.0}.
 */
@ConsumerType
public interface UpgradeHook {
  /** Asked of the version that serves, before anything of the next one runs. */
  default void beforeUpgrade(String from, String to) {}

  /** Told to the version that serves on, when what {@link #beforeUpgrade} let pass did not succeed. */
  default void upgradeCancelled(String from, String to) {}

  /**
   * Asked of the new version, where its passport declares a migration: brings the plugin's files into its own form. No
   * version runs meanwhile and calls wait. The component must need no {@link PluginContext}, which comes when this has
   * returned.
   *
   * @param copy a copy of the plugin's folder, and the new version's own folder afterwards; the former's stays as it is
   */
  default void migrate(String from, String to, Path copy) throws Exception {}

  /** Asked of the new version as soon as it serves; when this throws, the former version comes back. */
  default void afterUpgrade(String from, String to) {}

  /** Asked of the version that serves, before the plugin is removed. */
  default void beforeRemove() {}

  /** Told to the version that serves on, when what {@link #beforeRemove} let pass did not happen. */
  default void removeCancelled() {}
}
