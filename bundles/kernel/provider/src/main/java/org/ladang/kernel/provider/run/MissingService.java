package org.ladang.kernel.provider.run;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Follows a missing service to its root: whoever would offer it, what that one waits for, and so on, until a
 * configuration that nobody has set, an activation that failed, or a service that nobody offers.
 */
final class MissingService {
  private static final int DEEPEST = 8;

  private final ServiceComponentRuntime runtime;

  MissingService(ServiceComponentRuntime runtime) {
    this.runtime = runtime;
  }

  /** The rest of a sentence that names the service: why it is not there. */
  String why(String type) {
    return why(type, new HashSet<>());
  }

  private String why(String type, Set<String> seen) {
    if (!seen.add(type)) {
      return "which in turn waits for this one";
    }
    if (seen.size() > DEEPEST) {
      return "and so on";
    }
    return runtime.getComponentDescriptionDTOs().stream()
        .filter(component -> Arrays.asList(component.serviceInterfaces).contains(type))
        .map(component -> why(component, seen))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("which no installed bundle offers");
  }

  /** Why a component does not offer what it could; empty where it does. */
  private Optional<String> why(ComponentDescriptionDTO component, Set<String> seen) {
    String who = "which " + component.name + " of " + component.bundle.symbolicName;
    if (!runtime.isComponentEnabled(component)) {
      return Optional.of(who + " would offer, but it is disabled");
    }
    Collection<ComponentConfigurationDTO> all = runtime.getComponentConfigurationDTOs(component);
    if (all.isEmpty()) {
      return "require".equals(component.configurationPolicy)
          ? Optional.of(who + " offers once it has " + configuration(component))
          : Optional.empty();
    }
    for (ComponentConfigurationDTO one : all) {
      switch (one.state) {
        case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> {
          return Optional.of(who + " offers once it has " + configuration(component));
        }
        case ComponentConfigurationDTO.FAILED_ACTIVATION -> {
          String line =
              one.failure == null ? "" : ": " + one.failure.lines().findFirst().orElse("");
          return Optional.of(who + " would offer, but it could not be activated" + line);
        }
        case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> {
          String next = missing(component, one);
          return Optional.of(who + " offers once it has " + next + ", " + why(next, seen));
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  private static String missing(
      ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
    List<String> names =
        Arrays.stream(configuration.unsatisfiedReferences)
            .map(reference -> reference.name)
            .toList();
    return Arrays.stream(component.references)
        .filter(reference -> names.contains(reference.name))
        .map(reference -> reference.interfaceName)
        .findFirst()
        .orElse("another service");
  }

  private static String configuration(ComponentDescriptionDTO component) {
    return "configuration "
        + String.join(", ", component.configurationPid)
        + ": set it with `config:set`";
  }
}
