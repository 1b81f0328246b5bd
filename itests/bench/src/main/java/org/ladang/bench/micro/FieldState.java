package org.ladang.bench.micro;

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
import org.ladang.kernel.action.Gate;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The real kernel in a real framework, with one plugin in it. */
@State(Scope.Benchmark)
public class FieldState {
  private static final String SHARED =
      "org.ladang.kernel;version=1.1.0,org.ladang.kernel.action;version=1.1.0,"
          + "org.ladang.kernel.swap;version=1.4.0,org.ladang.bench.api;version=1.0.0";

  private Path folder;
  private Field field;

  /** Starts the framework and drops the plugin. */
  @Setup(Level.Trial)
  public void start() throws Exception {
    folder = Files.createTempDirectory("ladang-bench");
    field =
        Field.start(
            folder.resolve("home"), Map.of(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SHARED));
    field.live(plugin());
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

  Gate gate() {
    return field.service(Gate.class);
  }

  /** What every other bundle sees of the plugin's service: the kernel's proxy. */
  Greeter proxy() throws InvalidSyntaxException {
    for (ServiceReference<Greeter> reference :
        field.context().getServiceReferences(Greeter.class, null)) {
      if ("org.ladang.kernel.provider".equals(reference.getBundle().getSymbolicName())) {
        return field.context().getService(reference);
      }
    }
    throw new IllegalStateException("The kernel has no proxy of the service.");
  }

  private Path plugin() throws IOException {
    return BundleBuilder.bundle("org.example.bench")
        .header("Import-Package", "org.ladang.bench.api, *")
        .source(
            "org.example.bench.Plugin",
            """
            package org.example.bench;

            import org.ladang.kernel.LadangPlugin;
            import org.ladang.kernel.action.*;
            import org.osgi.service.component.annotations.*;

            @LadangPlugin(name = "bench")
            @Component(service = ActionSource.class)
            public final class Plugin implements ActionSource {
              public record Order(String item, String buyer, int pieces, double price, boolean express) {}

              public record Receipt(String item, String buyer, int pieces, double total, boolean express) {}

              @Action(description = "Takes an order.", role = Role.VIEWER)
              public Receipt order(@Arg("What is ordered.") Order order) {
                return new Receipt(
                    order.item(), order.buyer(), order.pieces(), order.pieces() * order.price(), order.express());
              }
            }
            """)
        .source(
            "org.example.bench.Greeting",
            """
            package org.example.bench;

            import org.ladang.bench.api.Greeter;
            import org.osgi.service.component.annotations.*;

            @Component
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
            """)
        .build(folder.resolve("jars"));
  }
}
