package org.ladang.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.ladang.itests.field.BundleBuilder;

/** The bundles that are dropped, and the ones that tell when something is ready. */
final class SmallBundles {
  private final Path folder;

  SmallBundles(Path folder) {
    this.folder = folder;
  }

  /** A plugin of one component with one action, {@code drop<n>:greet}. */
  Path plugin(int n) throws IOException {
    return BundleBuilder.bundle("org.example.drop" + n)
        .source(
            "org.example.drop" + n + ".Dropped",
            """
            package org.example.drop%1$d;

            import org.ladang.kernel.LadangPlugin;
            import org.ladang.kernel.action.*;
            import org.osgi.service.component.annotations.*;

            @LadangPlugin(name = "drop%1$d")
            @Component(service = ActionSource.class)
            public final class Dropped implements ActionSource {
              @Action(description = "Greets.", role = Role.VIEWER)
              public String greet(@Arg("Who is greeted.") String name) {
                return "Hello " + name;
              }
            }
            """
                .formatted(n))
        .build(folder);
  }

  /** A plain bundle of one component, which makes the file {@code dropped<n>} when it is activated. */
  Path plain(int n) throws IOException {
    return BundleBuilder.bundle("org.example.plain" + n)
        .source(
            "org.example.plain" + n + ".Dropped",
            """
            package org.example.plain%1$d;

            import java.nio.file.*;
            import org.osgi.service.component.annotations.*;

            @Component(service = java.util.function.Supplier.class, immediate = true)
            public final class Dropped implements java.util.function.Supplier<String> {
              @Activate
              public void activate() throws java.io.IOException {
                Files.createFile(Path.of(System.getProperty("bench.markers"), "dropped%1$d"));
              }

              @Override
              public String get() {
                return "Hello";
              }
            }
            """
                .formatted(n))
        .build(folder);
  }

  /** A bundle that makes the file {@code ready} when it is started. */
  Path marker() throws IOException {
    return BundleBuilder.bundle("org.example.marker")
        .header("Bundle-Activator", "org.example.marker.Marker")
        .source(
            "org.example.marker.Marker",
            """
            package org.example.marker;

            import java.nio.file.*;
            import org.osgi.framework.*;

            public final class Marker implements BundleActivator {
              @Override
              public void start(BundleContext context) throws Exception {
                Files.createFile(Path.of(System.getProperty("bench.markers"), "ready"));
              }

              @Override
              public void stop(BundleContext context) {}
            }
            """)
        .build(folder);
  }
}
