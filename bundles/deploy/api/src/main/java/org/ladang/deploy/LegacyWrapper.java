package org.ladang.deploy;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes bundles of jars that are none. Part of the base and asleep until the first such jar comes. The same jar under
 * the same name always gives the same bytes. Safe for any thread.
 */
@ProviderType
public interface LegacyWrapper {
  /** What follows the plugin's name where a jar without OSGi metadata brings it. */
  String SUFFIX = "-legacy";

  /**
   * Writes the bundle that stands for a jar: symbolic name and version from {@code pom.properties}, {@code
   * Automatic-Module-Name}, {@code Implementation-*} or the file's name; imports from its classes; its {@code
   * META-INF/services} entries as capabilities that SPI-Fly publishes. One that names an implementation of {@code
   * org.ladang.registry.Plugin} becomes a plugin whose name ends with {@link #SUFFIX}, so that it can run beside the
   * bundle that will take its place; any other becomes a plain bundle that exports what it holds.
   *
   * @param jar a sound ZIP file with classes and without {@code Bundle-SymbolicName}
   * @param file its name in the sentences, and for the derivation
   * @param bundle where the bundle is written to
   * @throws org.ladang.kernel.LadangException {@code LADANG-LEGACY-002} no bundle can be made of it, {@code -003} a
   *     service's class is not in it, {@code -004} it names more than one plugin
   */
  void wrap(Path jar, String file, Path bundle);
}
