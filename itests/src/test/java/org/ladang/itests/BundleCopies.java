package org.ladang.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The same bundle as another version, as a new release would bring it. */
final class BundleCopies {
  private BundleCopies() {}

  static Path withVersion(Path bundle, Path copy, String version) {
    return with(bundle, copy, main -> main.putValue("Bundle-Version", version));
  }

  /** A copy whose manifest was changed in its main section. */
  static Path with(Path bundle, Path copy, Consumer<Attributes> change) {
    try (JarFile jar = new JarFile(bundle.toFile())) {
      Manifest manifest = jar.getManifest();
      change.accept(manifest.getMainAttributes());
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
        for (JarEntry entry : Collections.list(jar.entries())) {
          if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new JarEntry(entry.getName()));
            out.write(jar.getInputStream(entry).readAllBytes());
            out.closeEntry();
          }
        }
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
