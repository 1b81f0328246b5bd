package org.ladang.itests.kernel;

import java.io.IOException;
import java.nio.file.Path;
import org.ladang.itests.field.BundleBuilder;

/** The bundles that the kernel's tests play with: an API, providers of it that can be swapped, and users of six kinds. */
final class Greeters {
  static final String API = "org.example.api";
  static final String PROVIDER = "org.example.greeter";

  private final Path folder;

  Greeters(Path folder) {
    this.folder = folder;
  }

  /** The interface's bundle. */
  Path api() throws IOException {
    return api("1.0.0");
  }

  Path api(String version) throws IOException {
    return BundleBuilder.bundle(API)
        .version(version)
        .header("Export-Package", "org.example.api;version=" + version)
        .source(
            "org.example.api.Greeter",
            """
            package org.example.api;
            public interface Greeter {
              String greet(String name);
              default java.util.concurrent.CompletionStage<String> later(java.util.concurrent.CompletionStage<?> when) {
                return when.thenApply(x -> greet("later"));
              }
            }
            """)
        .source(
            "org.example.api.User",
            """
            package org.example.api;
            public interface User { String use(); String life(); }
            """)
        .build(folder);
  }

  /** A provider of the given version whose greeting names its edition. */
  Path provider(String version, String edition) throws IOException {
    return provider(version, edition, "", "return \"" + edition + " \" + name;");
  }

  Path provider(String version, String edition, String passport, String body) throws IOException {
    return plugin(PROVIDER, "greeter", version, passport)
        .against(folder.resolve(API + "-1.0.0.jar"))
        .source(
            "org.example.greeter.GreeterComponent",
            """
            package org.example.greeter;
            import org.example.api.Greeter;
            import org.osgi.service.component.annotations.*;
            @Component(property = "colour=green")
            public class GreeterComponent implements Greeter {
              @Override public String greet(String name) { BODY }
            }
            """
                .replace("BODY", body))
        .build(folder, PROVIDER + "-" + version + "-" + edition + ".jar");
  }

  static BundleBuilder plugin(String symbolicName, String name, String version, String passport) {
    return BundleBuilder.bundle(symbolicName)
        .version(version)
        .header("Provide-Capability", "ladang.plugin;ladang.plugin=" + name + passport);
  }

  /** A plain bundle with six users, one for each kind of reference. */
  Path users() throws IOException {
    BundleBuilder bundle =
        BundleBuilder.bundle("org.example.users").against(folder.resolve(API + "-1.0.0.jar"));
    for (String policy : new String[] {"STATIC", "DYNAMIC"}) {
      for (String cardinality : new String[] {"MANDATORY", "OPTIONAL", "MULTIPLE"}) {
        bundle.source("org.example.users." + policy + cardinality, user(policy, cardinality));
      }
    }
    return bundle.build(folder);
  }

  private static String user(String policy, String cardinality) {
    boolean multiple = cardinality.equals("MULTIPLE");
    return """
        package org.example.users;
        import java.util.List;
        import org.example.api.*;
        import org.osgi.service.component.annotations.*;
        @Component(immediate = true, property = "kind=NAME")
        public class NAME implements User {
          private static int activated, deactivated;
          @Reference(policy = ReferencePolicy.POLICY, cardinality = ReferenceCardinality.CARDINALITY,
              policyOption = ReferencePolicyOption.GREEDY)
          volatile TYPE greeter;
          @Activate void activate() { activated++; }
          @Deactivate void deactivate() { deactivated++; }
          @Override public String use() { return CALL; }
          @Override public String life() { return activated + "/" + deactivated; }
        }
        """
        .replace("NAME", policy + cardinality)
        .replace("POLICY", policy)
        .replace("CARDINALITY", cardinality)
        .replace("TYPE", multiple ? "List<Greeter>" : "Greeter")
        .replace("CALL", multiple ? "greeter.get(0).greet(\"you\")" : "greeter.greet(\"you\")");
  }
}
