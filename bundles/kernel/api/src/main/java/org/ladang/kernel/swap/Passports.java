package org.ladang.kernel.swap;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Reads passports. */
@ProviderType
public interface Passports {
  /**
   * Reads a jar's passport.
   *
   * @throws org.ladang.kernel.LadangException when it is no sound bundle: {@code LADANG-JAR-001} not a ZIP file, {@code
   *     -002} truncated or damaged, {@code -003} no manifest, {@code -004} no {@code Bundle-SymbolicName}, {@code -005}
   *     a bad version, {@code -006} a {@code Bundle-Activator} in a plugin or provider, {@code -007} a passport that
   *     does not hold together, {@code -008} a damaged {@code actions.json}
   */
  Passport read(Path jar);

  /**
   * The same for a jar that lies under another name than people know it by, for example in the store.
   *
   * @param file its name in the sentences
   */
  Passport read(Path jar, String file);
}
