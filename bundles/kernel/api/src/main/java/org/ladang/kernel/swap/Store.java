package org.ladang.kernel.swap;

import java.nio.file.Path;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Jars by the SHA-256 of their content, in {@code data/store/}. A stored file is complete, fsynced, renamed in and
 * never written again.
 */
@ProviderType
public interface Store {
  /**
   * Copies a jar into the store; does nothing when it is there already.
   *
   * @return its SHA-256, 64 hexadecimal digits
   * @throws org.ladang.kernel.LadangException {@code LADANG-STORE-001} when the disk refuses
   */
  String put(Path jar);

  /** Where a stored jar lies; the file exists only if it was put. */
  Path path(String sha256);

  /**
   * Deletes what is not in {@code used}. For the start only, while nobody puts anything in.
   *
   * @param used what kept generations name and the distribution carries
   * @return how many files went
   * @throws org.ladang.kernel.LadangException {@code LADANG-STORE-001} when the disk refuses
   */
  int retain(Set<String> used);
}
