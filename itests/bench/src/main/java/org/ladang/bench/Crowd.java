package org.ladang.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.ladang.itests.field.BundleBuilder;

/** Many plugins that were compiled once: only their manifests differ. Each has one component with one action. */
final class Crowd {
  private final Path folder;

  Crowd(Path folder) {
    this.folder = folder;
  }

  /** So many jars, {@code crowd0000.jar} and on; lazy ones are started at their first call. */
  List<Path> jars(int count, boolean lazy) throws IOException {
    Path first = first(lazy);
    Path to = Files.createDirectories(folder.resolve(lazy ? "lazy" : "eager"));
    List<Path> jars = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = String.format("crowd%04d", i);
      jars.add(copy(first, to.resolve(name + ".jar"), name, "1.0.0"));
    }
    return jars;
  }

  /** One plugin as another version. */
  Path version(String name, String version) throws IOException {
    return copy(first(false), folder.resolve(name + "-" + version + ".jar"), name, version);
  }

  private Path first(boolean lazy) throws IOException {
    String name = lazy ? "sleeper" : "member";
    return BundleBuilder.bundle("org.example." + name)
        .version("1.0.0")
        .source(
            "org.example." + name + ".Member",
            """
            package org.example.%1$s;

            import org.ladang.kernel.LadangPlugin;
            import org.ladang.kernel.action.*;
            import org.osgi.framework.BundleContext;
            import org.osgi.service.component.annotations.*;

            @LadangPlugin(name = "%1$s"%2$s)
            @Component(service = ActionSource.class)
            public final class Member implements ActionSource {
              private final String version;

              @Activate
              public Member(BundleContext context) {
                version = context.getBundle().getVersion().toString();
              }

              @Action(description = "Tells its version.", role = Role.VIEWER)
              public String version() {
                return version;
              }
            }
            """
                .formatted(name, lazy ? ", activation = LadangPlugin.Activation.LAZY" : ""))
        .build(folder);
  }

  private static Path copy(Path from, Path to, String name, String version) throws IOException {
    try (JarFile jar = new JarFile(from.toFile())) {
      Manifest manifest = jar.getManifest();
      Attributes main = manifest.getMainAttributes();
      main.putValue("Bundle-SymbolicName", "org.example." + name);
      main.putValue("Bundle-Version", version);
      main.putValue(
          "Provide-Capability",
          main.getValue("Provide-Capability")
              .replaceAll("ladang.plugin=\"?(member|sleeper)\"?", "ladang.plugin=" + name)
              .replaceAll("version:Version=\"?1.0.0\"?", "version:Version=\"" + version + "\""));
      try (OutputStream file = Files.newOutputStream(to);
          JarOutputStream out = new JarOutputStream(file, manifest)) {
        for (JarEntry entry : Collections.list(jar.entries())) {
          if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new JarEntry(entry.getName()));
            jar.getInputStream(entry).transferTo(out);
            out.closeEntry();
          }
        }
      }
      return to;
    }
  }
}
