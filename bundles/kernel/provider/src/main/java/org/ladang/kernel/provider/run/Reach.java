package org.ladang.kernel.provider.run;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.provider.passport.DeclaredComponents;
import org.ladang.kernel.provider.passport.ServiceCapabilities;
import org.ladang.kernel.provider.proxy.ServiceBroker;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.SwapPlan.How;
import org.ladang.kernel.swap.SwapPlan.Touched;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Who else feels it when a bundle is replaced: those that are wired to a plain bundle, and those that use a service
 * which a plugin's or room's next version no longer offers.
 */
final class Reach {
  private final Residents residents;
  private final ServiceBroker broker;
  private final Dependants dependants;

  Reach(Residents residents, ServiceBroker broker, Dependants dependants) {
    this.residents = residents;
    this.broker = broker;
    this.dependants = dependants;
  }

  /** A bundle that is wired, directly or not, to another one. */
  record Wired(Bundle bundle, String path) {}

  /**
   * What else would be touched if {@code next} took the place of {@code old}.
   *
   * @param before where {@code old} is stored
   * @param jar where {@code next} is stored
   * @throws LadangException {@code LADANG-SWAP-032} when the platform itself would be
   */
  List<Touched> of(Resident.Occupant old, Path before, Passport next, Path jar) {
    if (old == null || old.bundle() == null) {
      return List.of();
    }
    List<Touched> touched = new ArrayList<>();
    if (next.kind() == Kind.PLAIN) {
      touched.addAll(rewired(old));
    } else {
      touched.addAll(bereft(old, before, jar));
      touched.addAll(mismatched(old, before, jar));
    }
    touched.sort(Comparator.comparing(Touched::name));
    return touched;
  }

  /**
   * The kernel's own bundles that are wired to that one, nearest first.
   *
   * @throws LadangException {@code LADANG-SWAP-032} when the platform itself is
   */
  List<Resident.Occupant> users(Resident.Occupant old) {
    return wired(old.bundle()).stream().map(user -> resident(old, user)).toList();
  }

  /** Those that are wired to a bundle, nearest first. */
  List<Wired> wired(Bundle to) {
    Map<Bundle, String> found = new LinkedHashMap<>();
    Deque<Bundle> open = new ArrayDeque<>(List.of(to));
    while (!open.isEmpty()) {
      Bundle provider = open.poll();
      BundleWiring wiring = provider.adapt(BundleWiring.class);
      if (wiring == null) {
        continue;
      }
      for (BundleWire wire : wiring.getProvidedWires(null)) {
        Bundle user = wire.getRequirer().getBundle();
        if (user.equals(to) || found.containsKey(user)) {
          continue;
        }
        String step = step(wire, provider);
        found.put(user, provider.equals(to) ? step : step + ", which " + found.get(provider));
        open.add(user);
      }
    }
    return found.entrySet().stream().map(e -> new Wired(e.getKey(), e.getValue())).toList();
  }

  private List<Touched> rewired(Resident.Occupant old) {
    List<Touched> touched = new ArrayList<>();
    for (Wired user : wired(old.bundle())) {
      Resident.Occupant resident = resident(old, user);
      touched.add(
          new Touched(
              resident.entry().symbolicName(),
              resident.entry().name(),
              How.RESTARTED,
              resident.entry().name()
                  + " is stopped, wired anew and started again, because it "
                  + user.path()
                  + "."));
    }
    return touched;
  }

  private Resident.Occupant resident(Resident.Occupant old, Wired user) {
    Resident.Occupant resident = residents.occupying(user.bundle());
    if (resident == null) {
      throw new LadangException(
              "LADANG-SWAP-032",
              old.entry().symbolicName()
                  + " cannot be replaced while Ladang runs: the platform's own "
                  + user.bundle().getSymbolicName()
                  + " "
                  + user.path()
                  + ".")
          .next("Stop Ladang, remove what brought the platform to it, and start again.");
    }
    return resident;
  }

  /** Users of services that the former version's manifest names and the next one's does not. */
  private List<Touched> bereft(Resident.Occupant old, Path before, Path jar) {
    Map<Long, String> proxies = broker.proxies(old.entry().symbolicName());
    if (proxies.isEmpty()) {
      return List.of();
    }
    Set<String> lost = offered(before);
    lost.removeAll(offered(jar));
    proxies.values().retainAll(lost);
    List<Touched> touched = new ArrayList<>();
    for (Resident.Occupant user : residents.occupants()) {
      if (!user.entry().symbolicName().equals(old.entry().symbolicName())) {
        for (Dependants.Dependant one : dependants.of(user.bundle(), proxies)) {
          touched.add(
              new Touched(
                  user.entry().symbolicName(),
                  user.entry().name(),
                  How.LOSES_A_SERVICE,
                  user.entry().name()
                      + "'s component "
                      + one.component()
                      + " is deactivated, because it needs "
                      + one.type()
                      + ", which the new version no longer offers."));
        }
      }
    }
    return touched;
  }

  /** Users whose target filters the services of the next version do not match any more, as far as it declares them. */
  private List<Touched> mismatched(Resident.Occupant old, Path before, Path jar) {
    Map<Long, String> proxies = broker.proxies(old.entry().symbolicName());
    if (proxies.isEmpty()) {
      return List.of();
    }
    Map<String, Map<String, Object>> former = DeclaredComponents.of(before);
    Map<String, Map<String, Object>> next = DeclaredComponents.of(jar);
    List<Touched> touched = new ArrayList<>();
    for (Resident.Occupant user : residents.occupants()) {
      if (!user.entry().symbolicName().equals(old.entry().symbolicName())) {
        dependants.mismatched(user.bundle(), proxies, now -> changed(now, former, next)).stream()
            .map(one -> mismatch(user, one))
            .forEach(touched::add);
      }
    }
    return touched;
  }

  /** What the present properties of a service become: those that are not configured are as the jar declares them. */
  private static Map<String, Object> changed(
      Map<String, Object> now,
      Map<String, Map<String, Object>> former,
      Map<String, Map<String, Object>> next) {
    Object component = now.get("component.name");
    Map<String, Object> declared = next.get(String.valueOf(component));
    if (declared == null) {
      return now;
    }
    Map<String, Object> then = new HashMap<>(now);
    former
        .getOrDefault(String.valueOf(component), Map.of())
        .forEach((name, value) -> then.computeIfPresent(name, (n, v) -> same(v, value) ? null : v));
    declared.forEach(then::putIfAbsent);
    return then;
  }

  /** Properties that went through a data transfer object may have another number's type. */
  private static boolean same(Object one, Object other) {
    return text(one).equals(text(other));
  }

  private static String text(Object value) {
    if (value instanceof Number number) {
      return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }
    return value instanceof Object[] array ? List.of(array).toString() : String.valueOf(value);
  }

  private static Touched mismatch(Resident.Occupant user, Dependants.Mismatch one) {
    return new Touched(
        user.entry().symbolicName(),
        user.entry().name(),
        How.LOSES_A_SERVICE,
        user.entry().name()
            + "'s component "
            + one.component()
            + (one.anew() ? " is activated anew" : " is deactivated")
            + ", because its reference "
            + one.reference()
            + " asks for "
            + one.type()
            + " with "
            + one.target()
            + ", which that of the new version is not.");
  }

  private static Set<String> offered(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      return ServiceCapabilities.of(manifest.getMainAttributes());
    } catch (IOException e) {
      throw new LadangException(
          "LADANG-JAR-002", jar.getFileName() + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static String step(BundleWire wire, Bundle provider) {
    String namespace = wire.getCapability().getNamespace();
    Object what = wire.getCapability().getAttributes().get(namespace);
    String from = provider.getSymbolicName();
    return switch (namespace) {
      case PackageNamespace.PACKAGE_NAMESPACE -> "imports package " + what + " from " + from;
      case BundleNamespace.BUNDLE_NAMESPACE -> "requires the bundle " + from;
      case HostNamespace.HOST_NAMESPACE -> "is a fragment of " + from;
      default -> "needs " + namespace + " from " + from;
    };
  }
}
