package org.ladang.kernel.provider.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Orders bundles by the services that their manifests require and offer: whoever offers comes before whoever requires.
 * No hand-kept list of rooms is needed.
 */
final class RoomOrder {
  private static final String SERVICE = "osgi.service";

  private RoomOrder() {}

  /** The bundles, those that others need first. */
  static List<Resident.Occupant> of(List<Resident.Occupant> occupants) {
    Set<Resident.Occupant> ordered = new LinkedHashSet<>();
    Set<Resident.Occupant> visiting = new LinkedHashSet<>();
    occupants.forEach(o -> visit(o, occupants, ordered, visiting));
    return new ArrayList<>(ordered);
  }

  private static void visit(
      Resident.Occupant one,
      List<Resident.Occupant> all,
      Set<Resident.Occupant> ordered,
      Set<Resident.Occupant> visiting) {
    if (ordered.contains(one) || !visiting.add(one)) {
      return;
    }
    for (Resident.Occupant other : all) {
      if (other != one && requires(one.bundle(), other.bundle())) {
        visit(other, all, ordered, visiting);
      }
    }
    ordered.add(one);
  }

  private static boolean requires(Bundle user, Bundle provider) {
    BundleRevision using = user.adapt(BundleRevision.class);
    BundleRevision offering = provider.adapt(BundleRevision.class);
    if (using == null || offering == null) {
      return false;
    }
    for (BundleRequirement requirement : using.getDeclaredRequirements(SERVICE)) {
      for (BundleCapability capability : offering.getDeclaredCapabilities(SERVICE)) {
        if (matches(requirement, capability)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean matches(BundleRequirement requirement, BundleCapability capability) {
    Map<String, String> directives = requirement.getDirectives();
    String filter = directives.getOrDefault("filter", "");
    Object types = capability.getAttributes().get("objectClass");
    return types instanceof List<?> list
        && list.stream().anyMatch(type -> filter.contains("objectClass=" + type + ")"));
  }
}
