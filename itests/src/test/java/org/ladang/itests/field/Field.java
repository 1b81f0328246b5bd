package org.ladang.itests.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.ladang.kernel.action.Guard;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Passports;
import org.ladang.kernel.swap.Store;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.kernel.swap.Swapper;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * The kernel in a Felix framework within the test's JVM, with Declarative Services but without rooms, doors and
 * processes: for wiring. A guard that allows everything stands in for security.
 */
public final class Field implements AutoCloseable {
  // What the kernel needs of the base, by the beginning of the file's name, in the order of their
  // start.
  private static final List<String> BASE =
      List.of(
          "slf4j-api",
          "asm-9",
          "asm-tree",
          "asm-analysis",
          "asm-commons",
          "asm-util",
          "org.apache.aries.spifly.dynamic.bundle",
          "logback-core",
          "logback-classic",
          "org.osgi.util.function",
          "org.osgi.util.promise",
          "org.osgi.service.component",
          "org.apache.felix.log-",
          "org.apache.felix.configadmin",
          "org.apache.felix.metatype",
          "org.apache.felix.eventadmin",
          "org.apache.felix.scr",
          "org.apache.felix.healthcheck.api",
          "jackson-core",
          "jackson-jr-objects",
          "HdrHistogram");
  // The kernel's API is the test's own, so that the test can call what it finds.
  private static final String SHARED =
      "org.ladang.kernel;version=1.1.0,org.ladang.kernel.action;version=1.1.0,"
          + "org.ladang.kernel.swap;version=1.4.0";
  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("ladang.root", ".."), "runtime/target/ladang");

  private final Path home;
  private final Framework framework;
  private ServiceRegistration<Guard> guard;

  private Field(Path home, Framework framework) {
    this.home = home;
    this.framework = framework;
  }

  /** Starts a framework with the kernel on that home. */
  public static Field start(Path home) throws Exception {
    return start(home, Map.of());
  }

  /** As {@link #start(Path)}, with framework properties of its own. */
  public static Field start(Path home, Map<String, String> more) throws Exception {
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, home.resolve("data/framework-cache").toString());
    properties.put("felix.cm.dir", home.resolve("data/configadmin").toString());
    properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SHARED);
    properties.put("ladang.home", home.toString());
    properties.put("ladang.version", "0.1.0");
    properties.put("ds.stop.timeout.milliseconds", "1000");
    properties.put("ds.lock.timeout.milliseconds", "15000");
    properties.put("org.apache.felix.eventadmin.Timeout", "0");
    properties.put("felix.log.level", "1");
    properties.put("ladang.swap.deadline.millis", "8000");
    properties.putAll(more);
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(properties);
    framework.start();
    Field field = new Field(home, framework);
    field.startBase();
    return field;
  }

  private void startBase() throws IOException, BundleException {
    List<Bundle> base = new ArrayList<>();
    for (String name : BASE) {
      base.add(install(name));
    }
    for (Bundle bundle : base) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle.start();
      }
    }
    guard =
        framework
            .getBundleContext()
            .registerService(Guard.class, (context, action) -> new Guard.Verdict.Allowed(), null);
    install("org.ladang.kernel.provider").start();
  }

  private Bundle install(String name) throws IOException, BundleException {
    try (Stream<Path> jars = Files.list(DISTRIBUTION.resolve("system/base"))) {
      Path jar =
          jars.filter(j -> j.getFileName().toString().startsWith(name))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("the distribution has no " + name));
      return framework
          .getBundleContext()
          .installBundle("reference:" + jar.toAbsolutePath().toUri());
    }
  }

  /** Takes the guard away that stands in for security. */
  public void withoutGuard() {
    guard.unregister();
  }

  /** The framework's own context. */
  public BundleContext context() {
    return framework.getBundleContext();
  }

  /** A bundle of the base, of the test's own: installed and started as it is, not swappable. */
  public Bundle plain(Path jar) throws BundleException {
    Bundle bundle = context().installBundle("reference:" + jar.toUri());
    bundle.start();
    return bundle;
  }

  /** Brings a jar in as deploy would. */
  public SwapOutcome apply(Path jar) {
    Passport passport = service(Passports.class).read(jar);
    return service(Swapper.class)
        .apply(
            new BundleEntry(
                passport.symbolicName(),
                passport.name(),
                passport.kind(),
                passport.version(),
                service(Store.class).put(jar),
                false,
                jar.getFileName().toString()));
  }

  /** As {@link #apply}, and fails unless the bundle serves. */
  public void live(Path jar) {
    SwapOutcome outcome = apply(jar);
    if (!(outcome instanceof SwapOutcome.Live)) {
      throw new AssertionError(jar.getFileName() + " does not serve: " + outcome);
    }
  }

  /** The first service of that type, as the framework sees it. */
  public <T> T service(Class<T> type) {
    return find(type, null)
        .orElseThrow(() -> new IllegalStateException("there is no " + type.getName()));
  }

  /** A service of that type with that filter, as the framework sees it. */
  public <T> Optional<T> find(Class<T> type, String filter) {
    try {
      return context().getServiceReferences(type, filter).stream()
          .min(java.util.Comparator.reverseOrder())
          .map(reference -> context().getService(reference));
    } catch (org.osgi.framework.InvalidSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The bundles of that symbolic name, also those that are only installed. */
  public List<Bundle> bundles(String symbolicName) {
    return Arrays.stream(context().getBundles())
        .filter(b -> symbolicName.equals(b.getSymbolicName()))
        .toList();
  }

  /** What a bundle sees of a type. */
  public ServiceReference<?>[] seenBy(Bundle bundle, String type) throws Exception {
    ServiceReference<?>[] seen = bundle.getBundleContext().getAllServiceReferences(type, null);
    return seen == null ? new ServiceReference<?>[0] : seen;
  }

  /** The home's folder. */
  public Path home() {
    return home;
  }

  @Override
  public void close() throws BundleException {
    framework.stop();
    try {
      framework.waitForStop(30_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
