package org.ladang.deploy.provider;

import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;

/**
 * A complete file whose content lies in the store and whose passport was read from there.
 *
 * @param sighting the file
 * @param sha256 its content in the store
 * @param passport what it says of itself
 * @param data the folder of a plugin's files
 * @param origin the file's own content in the store where it is a legacy jar and {@code sha256} the bundle made from it;
 *     empty otherwise
 */
record Candidate(Sighting sighting, String sha256, Passport passport, String data, String origin) {

  /** A candidate whose files, if it is a plugin, are not chosen yet. */
  Candidate(Sighting sighting, String sha256, Passport passport, String origin) {
    this(sighting, sha256, passport, passport.kind() == Kind.PLUGIN ? passport.name() : "", origin);
  }

  /** A candidate whose file is the bundle. */
  Candidate(Sighting sighting, String sha256, Passport passport) {
    this(sighting, sha256, passport, "");
  }

  /** The same with its files in that folder. */
  Candidate withData(String folder) {
    return new Candidate(sighting, sha256, passport, folder, origin);
  }

  String file() {
    return sighting.name();
  }

  /** What the generation will say of it. */
  BundleEntry entry() {
    return new BundleEntry(
        passport.symbolicName(),
        passport.name(),
        passport.kind(),
        passport.version(),
        sha256,
        false,
        file(),
        data,
        origin);
  }

  /** Whether this is the provider of this very room. */
  boolean isDeployItself() {
    return isDeploy(passport.kind(), passport.name());
  }

  /** Whether a bundle is a provider of this very room. */
  static boolean isDeploy(Kind kind, String name) {
    return kind == Kind.SUBSYSTEM && name.equals("deploy");
  }
}
