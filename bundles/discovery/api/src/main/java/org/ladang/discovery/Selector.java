package org.ladang.discovery;

import java.util.Set;

/**
 * Which endpoints of a type.
 *
 * @param versions a range as OSGi writes it, {@code [1.2,2)}, or one version for that and all later ones; empty for any
 * @param zone where they must stand: {@code id/jakarta} takes {@code id/jakarta/rack-7} too; empty for anywhere
 * @param tags all of which they must have
 */
public record Selector(String versions, String zone, Set<String> tags) {
  /** Any. */
  public static final Selector ANY = new Selector("", "", Set.of());

  public Selector {
    tags = Set.copyOf(tags);
  }

  /** Those with a tag. */
  public static Selector tagged(String tag) {
    return new Selector("", "", Set.of(tag));
  }

  /** Those in a zone. */
  public static Selector in(String zone) {
    return new Selector("", zone, Set.of());
  }

  /** Those of a range of versions. */
  public static Selector of(String versions) {
    return new Selector(versions, "", Set.of());
  }

  /** One text for the same selection. */
  String key() {
    return versions + '@' + zone + '#' + String.join(",", tags.stream().sorted().toList());
  }
}
