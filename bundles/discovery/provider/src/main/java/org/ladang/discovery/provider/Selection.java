package org.ladang.discovery.provider;

import org.ladang.discovery.Instance;
import org.ladang.discovery.Selector;
import org.ladang.kernel.LadangException;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** A selector, read. */
final class Selection {
  private final VersionRange versions;
  private final String zone;
  private final Selector selector;

  /**
   * @throws LadangException {@code LADANG-DISCOVERY-004} when the range cannot be read
   */
  Selection(Selector selector) {
    this.selector = selector;
    zone = selector.zone();
    try {
      versions = selector.versions().isEmpty() ? null : new VersionRange(selector.versions());
    } catch (IllegalArgumentException e) {
      throw new LadangException(
              "LADANG-DISCOVERY-004",
              "“" + selector.versions() + "” is no range of versions: " + e.getMessage(),
              e)
          .next("Write [1.2,2) or 1.2.");
    }
  }

  boolean takes(Instance instance) {
    return within(instance.zone())
        && instance.tags().containsAll(selector.tags())
        && (versions == null || versions.includes(version(instance.version())));
  }

  private boolean within(String where) {
    return zone.isEmpty() || where.equals(zone) || where.startsWith(zone + "/");
  }

  /** What cannot be read as a version counts as the lowest. */
  static Version version(String text) {
    try {
      return Version.parseVersion(text);
    } catch (IllegalArgumentException e) {
      return Version.emptyVersion;
    }
  }
}
