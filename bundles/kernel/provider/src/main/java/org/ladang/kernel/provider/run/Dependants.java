package org.ladang.kernel.provider.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ladang.kernel.provider.proxy.Swappable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.SatisfiedReferenceDTO;

/** Which components would be deactivated if certain services went for good, or changed their properties. */
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

  /**
   * A component with a reference whose target filter a service would no longer match.
   *
   * @param anew whether it would come back without that service, or with another one
   */
  record Mismatch(String component, String reference, String type, String target, boolean anew) {}

  /**
   * The components of a bundle that would be deactivated because the properties of these services change: dynamic
   * references that can do without are not among them.
   *
   * @param services interface names by service id
   * @param next a service's properties after the change, from its present ones
   */
  List<Mismatch> mismatched(
      Bundle user, Map<Long, String> services, UnaryOperator<Map<String, Object>> next) {
    ServiceComponentRuntime runtime = components.runtime();
    if (runtime == null || services.isEmpty()) {
      return List.of();
    }
    List<Mismatch> found = new ArrayList<>();
    for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs(user)) {
      for (ComponentConfigurationDTO configuration :
          runtime.getComponentConfigurationDTOs(description)) {
        for (SatisfiedReferenceDTO held : configuration.satisfiedReferences) {
          if (held.target == null || held.target.isEmpty()) {
            continue;
          }
          for (var service : held.boundServices == null ? none() : held.boundServices) {
            String type = services.get(service.id);
            if (type != null && !matches(held.target, next.apply(service.properties))) {
              mismatch(description, held, type).ifPresent(found::add);
            }
          }
        }
      }
    }
    return found;
  }

  private Optional<Mismatch> mismatch(
      ComponentDescriptionDTO description, SatisfiedReferenceDTO held, String type) {
    boolean insists = insists(description, held, type);
    boolean fixed =
        Arrays.stream(description.references)
            .anyMatch(r -> r.name.equals(held.name) && "static".equals(r.policy));
    return insists || fixed
        ? Optional.of(new Mismatch(description.name, held.name, type, held.target, !insists))
        : Optional.empty();
  }

  private static boolean matches(String target, Map<String, Object> properties) {
    try {
      return FrameworkUtil.createFilter(target).matches(properties);
    } catch (InvalidSyntaxException e) {
      return true; // Declarative Services took it for a filter.
    }
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
