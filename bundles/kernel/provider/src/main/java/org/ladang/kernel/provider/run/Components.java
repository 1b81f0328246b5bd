package org.ladang.kernel.provider.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.osgi.util.tracker.ServiceTracker;

/** Asks Declarative Services how the components of a bundle are, and puts it into sentences. */
final class Components implements AutoCloseable {
  private final Supplier<ServiceComponentRuntime> runtimes;
  private final Runnable close;

  Components(BundleContext context) {
    ServiceTracker<ServiceComponentRuntime, ServiceComponentRuntime> tracker =
        new ServiceTracker<>(context, ServiceComponentRuntime.class, null);
    tracker.open();
    runtimes = tracker::getService;
    close = tracker::close;
  }

  /**
   * Asks what that gives.
   *
   * @param runtimes gives null while Declarative Services are not there
   */
  Components(Supplier<ServiceComponentRuntime> runtimes) {
    this.runtimes = runtimes;
    this.close = () -> {};
  }

  /** Who knows of all components; null while Declarative Services are not there. */
  ServiceComponentRuntime runtime() {
    return runtimes.get();
  }

  /** How a bundle's components are. */
  ComponentReport report(Bundle bundle) {
    ServiceComponentRuntime runtime = runtimes.get();
    return runtime == null
        ? ComponentReport.NONE
        : report(runtime, bundle, runtime.getComponentDescriptionDTOs(bundle));
  }

  /**
   * How the components of any bundle are that was active before this was called. Asks which components there are once:
   * Declarative Services walk through all of them for each bundle that they are asked about.
   */
  Function<Bundle, ComponentReport> reports() {
    ServiceComponentRuntime runtime = runtimes.get();
    if (runtime == null) {
      return bundle -> ComponentReport.NONE;
    }
    Map<Long, List<ComponentDescriptionDTO>> described =
        runtime.getComponentDescriptionDTOs().stream()
            .collect(Collectors.groupingBy(description -> description.bundle.id));
    return bundle ->
        report(runtime, bundle, described.getOrDefault(bundle.getBundleId(), List.of()));
  }

  private ComponentReport report(
      ServiceComponentRuntime runtime,
      Bundle bundle,
      Collection<ComponentDescriptionDTO> descriptions) {
    List<ComponentReport.Problem> problems = new ArrayList<>();
    List<String> settling = new ArrayList<>();
    Set<Long> services = new HashSet<>();
    boolean told = true;
    for (ComponentDescriptionDTO description : descriptions) {
      if (!runtime.isComponentEnabled(description)) {
        told = false; // It may be enabled without anybody being told.
        continue;
      }
      told &= description.serviceInterfaces.length > 0 && !needsConfiguration(description);
      String refusedScope = refusedScope(description);
      if (refusedScope != null) {
        problems.add(
            new ComponentReport.Failed(
                description.name,
                "The component "
                    + description.name
                    + " of "
                    + bundle.getSymbolicName()
                    + " "
                    + bundle.getVersion()
                    + " "
                    + refusedScope,
                ""));
        continue;
      }
      Collection<ComponentConfigurationDTO> configurations =
          runtime.getComponentConfigurationDTOs(description);
      if (configurations.isEmpty() && needsConfiguration(description)) {
        problems.add(waitsForConfiguration(description));
      }
      for (ComponentConfigurationDTO configuration : configurations) {
        switch (configuration.state) {
          case ComponentConfigurationDTO.FAILED_ACTIVATION ->
              problems.add(failed(bundle, description, configuration));
          case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
              problems.add(waitsForConfiguration(description));
          case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
              problems.add(waitsForServices(runtime, description, configuration));
          case ComponentConfigurationDTO.SATISFIED -> {
            if (description.serviceInterfaces.length > 0) {
              settling.add(description.implementationClass);
            }
          }
          default -> {}
        }
        if (configuration.service == null) {
          told = false;
        } else {
          services.add(configuration.service.id);
        }
      }
    }
    return new ComponentReport(problems, settling, told, services);
  }

  /** It has no instance without a configuration, and may get more with further ones, which need not become services. */
  private static boolean needsConfiguration(ComponentDescriptionDTO description) {
    return "require".equals(description.configurationPolicy);
  }

  private static String refusedScope(ComponentDescriptionDTO description) {
    if (description.factory != null) {
      return "is a ComponentFactory, which no stable proxy can stand for.";
    }
    boolean perUser = "bundle".equals(description.scope) || "prototype".equals(description.scope);
    return perUser && description.serviceInterfaces.length > 0
        ? "has scope "
            + description.scope.toUpperCase(java.util.Locale.ROOT)
            + ", which no stable proxy can stand for; only SINGLETON will do."
        : null;
  }

  private static ComponentReport.Failed failed(
      Bundle bundle, ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
    String trace = configuration.failure == null ? "" : configuration.failure;
    return new ComponentReport.Failed(
        description.name, FailureText.sentence(bundle, description, trace), trace);
  }

  private static ComponentReport.Waiting waitsForConfiguration(
      ComponentDescriptionDTO description) {
    return new ComponentReport.Waiting(
        description.name,
        description.name
            + " waits for configuration "
            + String.join(", ", description.configurationPid)
            + ": set it with `config:set`.");
  }

  private ComponentReport.Waiting waitsForServices(
      ServiceComponentRuntime runtime,
      ComponentDescriptionDTO description,
      ComponentConfigurationDTO configuration) {
    List<String> causes = new ArrayList<>();
    for (UnsatisfiedReferenceDTO missing : configuration.unsatisfiedReferences) {
      ReferenceDTO reference =
          Arrays.stream(description.references)
              .filter(r -> r.name.equals(missing.name))
              .findFirst()
              .orElse(null);
      String type = reference == null ? missing.name : reference.interfaceName;
      String target = missing.target == null ? "" : " with " + missing.target;
      causes.add(type + target + ", " + new MissingService(runtime).why(type));
    }
    return new ComponentReport.Waiting(
        description.name,
        description.name + " waits for service " + String.join("; and for ", causes) + ".");
  }

  /** Why the class of one of a bundle's components cannot be loaded; empty where all can. */
  Optional<Throwable> unloadable(Bundle bundle) {
    ServiceComponentRuntime runtime = runtimes.get();
    if (runtime == null) {
      return Optional.empty();
    }
    for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs(bundle)) {
      try {
        bundle.loadClass(description.implementationClass);
      } catch (ClassNotFoundException | LinkageError e) {
        return Optional.of(e);
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    close.run();
  }
}
