package org.ladang.kernel.provider.passport;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.stream.Collectors;

/** The services that a manifest says its bundle publishes ({@code osgi.service}, which bnd writes for components). */
public final class ServiceCapabilities {
  private static final String NAMESPACE = "osgi.service";

  private ServiceCapabilities() {}

  /** The interfaces, by name. */
  public static Set<String> of(Attributes manifest) {
    String header = manifest.getValue("Provide-Capability");
    if (header == null || !header.contains(NAMESPACE)) {
      return new HashSet<>();
    }
    return HeaderParser.parse(header).stream()
        .filter(clause -> clause.paths().contains(NAMESPACE))
        .flatMap(clause -> Arrays.stream(clause.attribute("objectClass", "").split(",")))
        .map(String::strip)
        .collect(Collectors.toCollection(HashSet::new));
  }
}
