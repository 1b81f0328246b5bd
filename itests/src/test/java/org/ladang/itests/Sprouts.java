package org.ladang.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.ladang.itests.field.BundleBuilder;

/** Plugins in any number of versions, each compiled once: {@code name:version} tells the version that answers. */
final class Sprouts {
  private final Path folder;
  private final Map<String, Path> built = new HashMap<>();

  Sprouts(Path folder) {
    this.folder = folder;
  }

  /** The plugin in the version {@code <version>.0.0}. */
  Path jar(String name, int version) throws IOException {
    Path jar = folder.resolve(name + "-" + version + ".jar");
    if (Files.notExists(jar)) {
      reversion(first(name), jar, version + ".0.0");
    }
    return jar;
  }

  private Path first(String name) throws IOException {
    Path known = built.get(name);
    if (known == null) {
      known =
          BundleBuilder.bundle("itest." + name)
              .source(
                  "itest." + name + ".Sprout",
                  """
                  package itest.%1$s;
                  import org.ladang.kernel.LadangPlugin;
                  import org.ladang.kernel.action.*;
                  import org.osgi.framework.BundleContext;
                  import org.osgi.service.component.annotations.*;
                  @LadangPlugin(name = "%1$s")
                  @Component(service = ActionSource.class)
                  public final class Sprout implements ActionSource {
                    private final String version;
                    @Activate public Sprout(BundleContext context) {
                      version = context.getBundle().getVersion().toString();
                    }
                    @Action(description = "Tells its version.", role = Role.VIEWER) public String version() {
                      return version;
                    }
                  }
                  """
                      .formatted(name))
              .build(folder);
      built.put(name, known);
    }
    return known;
  }

  private static void reversion(Path from, Path to, String version) {
    BundleCopies.with(
        from,
        to,
        main -> {
          String before = main.getValue("Bundle-Version");
          main.putValue("Bundle-Version", version);
          main.putValue(
              "Provide-Capability",
              main.getValue("Provide-Capability")
                  .replace("version:Version=\"" + before, "version:Version=\"" + version));
        });
  }
}
