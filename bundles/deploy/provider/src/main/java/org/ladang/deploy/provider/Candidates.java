package org.ladang.deploy.provider;

import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.Passports;
import org.ladang.kernel.swap.Store;

/** Makes a candidate of a stored file: the bundle that it is, or the one that stands for a legacy jar. */
final class Candidates {
  private final Passports passports;
  private final Store store;
  private final LegacyJars legacy;

  Candidates(Passports passports, Store store, LegacyJars legacy) {
    this.passports = passports;
    this.store = store;
    this.legacy = legacy;
  }

  /**
   * The candidate.
   *
   * @param sha256 the file's content in the store
   * @throws LadangException when it is no sound bundle and none can be made of it
   */
  Candidate of(Sighting sighting, String sha256) {
    String file = sighting.name();
    try {
      return new Candidate(sighting, sha256, passports.read(store.path(sha256), file));
    } catch (LadangException noBundle) {
      String bundle = legacy.bundle(store.path(sha256), file, noBundle);
      return new Candidate(sighting, bundle, passports.read(store.path(bundle), file), sha256);
    }
  }
}
