package org.ladang.kernel.provider.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ladang.kernel.provider.proxy.Swappable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.SatisfiedReferenceDTO;

/** Which components would be deactivated if certain services went for good. */
final class Dependants {
  private final BundleContext context;
  private final Components components;
  private final Swappable swappable = new Swappable();

  Dependants(BundleContext context, Components components) {
    this.context = context;
    this.components = components;
  }

  /** A component that cannot do without a service. */
  record Dependant(String component, String type) {}

  /**
   * The components of a bundle that hold one of these services and would find no other.
   *
   * @param services interface names by service id
   */
  List<Dependant> of(Bundle user, Map<Long, String> services) {
    ServiceComponentRuntime runtime = components.runtime();
    if (runtime == null || services.isEmpty()) {
      return List.of();
    }
    List<Dependant> found = new ArrayList<>();
    for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs(user)) {
      for (ComponentConfigurationDTO configuration :
          runtime.getComponentConfigurationDTOs(description)) {
        for (SatisfiedReferenceDTO held : configuration.satisfiedReferences) {
          Arrays.stream(held.boundServices == null ? none() : held.boundServices)
              .filter(service -> services.containsKey(service.id))
              .filter(service -> insists(description, held, services.get(service.id)))
              .map(service -> new Dependant(description.name, services.get(service.id)))
              .forEach(found::add);
        }
      }
    }
    return found;
  }

  private static org.osgi.framework.dto.ServiceReferenceDTO[] none() {
    return new org.osgi.framework.dto.ServiceReferenceDTO[0];
  }

  private boolean insists(
      ComponentDescriptionDTO description, SatisfiedReferenceDTO held, String type) {
    return Arrays.stream(description.references)
            .filter(reference -> reference.name.equals(held.name))
            .anyMatch(Dependants::mandatory)
        && visible(type, held.target) <= 1;
  }

  private static boolean mandatory(ReferenceDTO reference) {
    return reference.cardinality.startsWith("1");
  }

  /** How many such services a user sees: the raw ones of swappable bundles are hidden from it. */
  private long visible(String type, String target) {
    try {
      ServiceReference<?>[] all = context.getAllServiceReferences(type, target);
      return all == null
          ? 0
          : Arrays.stream(all).filter(one -> !swappable.is(one.getBundle())).count();
    } catch (InvalidSyntaxException e) {
      return 0;
    }
  }
}
