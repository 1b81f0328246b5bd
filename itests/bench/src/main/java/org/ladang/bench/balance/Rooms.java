package org.ladang.bench.balance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ladang.bench.api.Greeter;
import org.ladang.itests.field.BundleBuilder;
import org.ladang.itests.field.Field;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The real kernel in a real framework, with the rooms balancer and discovery, and two plugins that offer a service. */
@State(Scope.Benchmark)
public class Rooms {
  private static final String KERNEL = "org.ladang.kernel.provider";
  private static final String SHARED =
      "org.ladang.kernel;version=1.1.0,org.ladang.kernel.action;version=1.0.0,"
          + "org.ladang.kernel.swap;version=1.4.0,org.ladang.balancer;version=1.1.0,"
          + "org.ladang.discovery;version=1.0.0,org.ladang.bench.api;version=1.0.0";
  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("ladang.root", ".."), "runtime/target/ladang");

  private Path folder;
  private Field field;

  /** Starts the framework, the rooms and the plugins. */
  @Setup(Level.Trial)
  public void start() throws Exception {
    folder = Files.createTempDirectory("ladang-bench");
    field =
        Field.start(
            folder.resolve("home"), Map.of(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SHARED));
    field.plain(jar("system/base", "org.osgi.service.jdbc"));
    field.plain(jar("system/base", "HikariCP"));
    field.live(jar("system/rooms", "org.ladang.balancer.provider"));
    field.live(jar("system/rooms", "org.ladang.discovery.provider"));
    field.live(plugin("one"));
    field.live(plugin("two"));
  }

  /** Ends it and deletes what it left. */
  @TearDown(Level.Trial)
  public void stop() throws Exception {
    field.close();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  /** What every other bundle sees of a service: the kernel's proxy. */
  <T> T proxy(Class<T> type) throws InvalidSyntaxException {
    return seen(type, true);
  }

  /** The service itself, as only its own bundle sees it. */
  <T> T raw(Class<T> type) throws InvalidSyntaxException {
    return seen(type, false);
  }

  private <T> T seen(Class<T> type, boolean proxy) throws InvalidSyntaxException {
    for (ServiceReference<T> reference : field.context().getServiceReferences(type, null)) {
      if (KERNEL.equals(reference.getBundle().getSymbolicName()) == proxy) {
        return field.context().getService(reference);
      }
    }
    throw new IllegalStateException("There is no " + type.getName() + ".");
  }

  private static Path jar(String place, String name) throws IOException {
    try (Stream<Path> jars = Files.list(DISTRIBUTION.resolve(place))) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith(name))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("The distribution has no " + name + "."));
    }
  }

  private Path plugin(String name) throws IOException {
    return BundleBuilder.bundle("org.example.bench." + name)
        .header("Import-Package", Greeter.class.getPackageName() + ", *")
        .source(
            "org.example.bench." + name + ".Greeting",
            """
            package org.example.bench.%1$s;

            import org.ladang.bench.api.Greeter;
            import org.ladang.kernel.LadangPlugin;
            import org.osgi.service.component.annotations.*;

            @LadangPlugin(name = "%1$s")
            @Component(property = "discovery.endpoint=%1$s")
            public final class Greeting implements Greeter {
              @Override
              public String greet(String name) {
                return name;
              }

              @Override
              public int add(int a, int b) {
                return a + b;
              }
            }
            """
                .formatted(name))
        .build(folder.resolve("jars"));
  }
}
