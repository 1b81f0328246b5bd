package org.ladang.kernel.swap;

/**
 * One bundle of a {@link Generation}.
 *
 * @param symbolicName names the bundle; unique in a generation
 * @param name the plugin's or room's name; the symbolic name of a plain bundle
 * @param kind what it is
 * @param version its passport's version
 * @param sha256 the stored jar
 * @param stopped whether an operator stopped it: it is kept, but not started
 * @param file its name in the inbox; empty where it came with the distribution
 * @param data the name of a plugin's folder in {@code data/plugins/}; empty for what is no plugin
 * @param origin the stored file that the bundle was made from, as it lies in the inbox: a legacy jar; empty where the
 *     file is the bundle
 */
public record BundleEntry(
    String symbolicName,
    String name,
    Kind kind,
    String version,
    String sha256,
    boolean stopped,
    String file,
    String data,
    String origin) {

  /** A bundle that is its own file. */
  public BundleEntry(
      String symbolicName,
      String name,
      Kind kind,
      String version,
      String sha256,
      boolean stopped,
      String file,
      String data) {
    this(symbolicName, name, kind, version, sha256, stopped, file, data, "");
  }

  /** A bundle whose folder, if it is a plugin, has its name. */
  public BundleEntry(
      String symbolicName,
      String name,
      Kind kind,
      String version,
      String sha256,
      boolean stopped,
      String file) {
    this(symbolicName, name, kind, version, sha256, stopped, file, kind == Kind.PLUGIN ? name : "");
  }

  /** Whether it came with the distribution and not through the inbox. */
  public boolean fromDistribution() {
    return file.isEmpty();
  }

  /** The same bundle, stopped or not. */
  public BundleEntry withStopped(boolean now) {
    return new BundleEntry(symbolicName, name, kind, version, sha256, now, file, data, origin);
  }

  /** The same bundle with its files in another folder. */
  public BundleEntry withData(String folder) {
    return new BundleEntry(
        symbolicName, name, kind, version, sha256, stopped, file, folder, origin);
  }

  /** The same bundle, made from that file. */
  public BundleEntry withOrigin(String from) {
    return new BundleEntry(symbolicName, name, kind, version, sha256, stopped, file, data, from);
  }

  /** Whether it was made from a jar that is no bundle. */
  public boolean legacy() {
    return !origin.isEmpty();
  }

  /** The stored content of its file in the inbox. */
  public String fileSha256() {
    return legacy() ? origin : sha256;
  }
}
