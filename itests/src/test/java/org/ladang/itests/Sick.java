package org.ladang.itests;

import java.io.IOException;
import java.nio.file.Path;
import org.ladang.itests.field.BundleBuilder;

/** Plugins that each have one thing wrong with them. */
final class Sick {
  private Sick() {}

  /** Throws when it is activated. */
  static Path throwsInActivate(String name, String version, Path folder) throws IOException {
    return plugin(
        name,
        version,
        "@Activate public Greeter() { throw new IllegalStateException(\"the pump is dry\"); }",
        "return \"never\";",
        folder);
  }

  /** Needs a package that nobody offers. */
  static Path needsAPackage(String name, Path folder) throws IOException {
    return BundleBuilder.bundle("itest." + name)
        .version("1.0.0")
        .header("Import-Package", "com.nowhere.seeds;version=\"[3,4)\",*")
        .source("itest." + name + ".Greeter", source(name, "", "return \"x\";"))
        .build(folder);
  }

  /** Works, and says of itself that it is sick as soon as a file is there. */
  static Path unwell(String name, Path sign, Path folder) throws IOException {
    return BundleBuilder.bundle("itest." + name)
        .version("1.0.0")
        .against(Distribution.jar("system/base", "org.apache.felix.healthcheck.api"))
        .source("itest." + name + ".Greeter", source(name, "", "return \"x\";"))
        .source(
            "itest." + name + ".Roots",
            """
            package itest.%s;

            import org.apache.felix.hc.api.*;
            import org.osgi.service.component.annotations.*;

            @Component(service = HealthCheck.class, property = {"hc.name=Roots of %s", "hc.tags=roots"})
            public final class Roots implements HealthCheck {
              public Result execute() {
                return java.nio.file.Files.exists(java.nio.file.Path.of("%s"))
                    ? new Result(Result.Status.CRITICAL, "the roots rot")
                    : new Result(Result.Status.OK, "the roots are fine");
              }
            }
            """
                .formatted(name, name, sign))
        .build(folder);
  }

  /** Stops itself when told to, and does not start again while a file is there. */
  static Path fragile(String name, Path sign, Path folder) throws IOException {
    return BundleBuilder.bundle("itest." + name)
        .version("1.0.0")
        .source(
            "itest." + name + ".Vine",
            """
            package itest.%1$s;

            import org.ladang.kernel.LadangPlugin;
            import org.ladang.kernel.action.*;
            import org.osgi.framework.*;
            import org.osgi.service.component.annotations.*;

            @LadangPlugin(name = "%1$s")
            @Component(service = ActionSource.class)
            public final class Vine implements ActionSource {
              private final Bundle self;
              @Activate public Vine(BundleContext context) {
                if (java.nio.file.Files.exists(java.nio.file.Path.of("%2$s"))) {
                  throw new IllegalStateException("mildew");
                }
                self = context.getBundle();
              }
              @Action(description = "Withers.", role = Role.OPERATOR)
              public void wither() {
                new Thread(() -> {
                  try { self.stop(); } catch (BundleException e) { throw new IllegalStateException(e); }
                }, "wither").start();
              }
            }
            """
                .formatted(name, sign))
        .build(folder);
  }

  /** A bundle of nobody's that stops another one whenever it runs, as long as a file is there. */
  static Path stops(String victim, Path sign, Path folder) throws IOException {
    return BundleBuilder.bundle("itest.weevil")
        .version("1.0.0")
        .source(
            "itest.weevil.Weevil",
            """
            package itest.weevil;

            import org.osgi.framework.*;
            import org.osgi.service.component.annotations.*;

            @Component
            public final class Weevil {
              private final Thread eater;
              @Activate public Weevil(BundleContext context) {
                eater = new Thread(() -> {
                  while (!Thread.interrupted() && java.nio.file.Files.exists(java.nio.file.Path.of("%2$s"))) {
                    for (Bundle bundle : context.getBundles()) {
                      if ("%1$s".equals(bundle.getSymbolicName()) && bundle.getState() == Bundle.ACTIVE) {
                        try { bundle.stop(); } catch (BundleException | IllegalStateException again) { }
                      }
                    }
                    java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
                  }
                }, "weevil");
                eater.start();
              }
              @Deactivate public void stop() { eater.interrupt(); }
            }
            """
                .formatted(victim, sign))
        .build(folder);
  }

  /** Takes its time. */
  static Path slow(String name, Path folder) throws IOException {
    return plugin(
        name,
        "1.0.0",
        "",
        "try { new java.util.concurrent.CountDownLatch(1).await(1300, java.util.concurrent.TimeUnit.MILLISECONDS); }"
            + " catch (InterruptedException e) { Thread.currentThread().interrupt(); } return \"at last\";",
        folder);
  }

  /** Fails at each call. */
  static Path failing(String name, Path folder) throws IOException {
    return plugin(
        name, "1.0.0", "", "throw new IllegalStateException(\"the well is poisoned\");", folder);
  }

  private static Path plugin(
      String name, String version, String constructor, String body, Path folder)
      throws IOException {
    return BundleBuilder.bundle("itest." + name)
        .version(version)
        .source("itest." + name + ".Greeter", source(name, constructor, body))
        .build(folder);
  }

  private static String source(String name, String constructor, String body) {
    return """
        package itest.%s;

        import org.ladang.kernel.LadangPlugin;
        import org.ladang.kernel.action.*;
        import org.osgi.service.component.annotations.*;

        @LadangPlugin(name = "%s")
        @Component(service = ActionSource.class)
        public final class Greeter implements ActionSource {
          %s
          @Action(description = "Greets.", role = Role.VIEWER)
          public String greet() { %s }
        }
        """
        .formatted(name, name, constructor, body);
  }
}
