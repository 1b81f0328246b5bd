package org.ladang.deploy.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.ladang.deploy.LegacyWrapper;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.Store;

/** Lets jars without OSGi metadata in: the store gets the bundle that stands for one, beside the jar itself. */
final class LegacyJars {
  /** No manifest, or one that does not say what bundle it is. */
  private static final Set<String> NO_BUNDLE = Set.of("LADANG-JAR-003", "LADANG-JAR-004");

  /** Lends the wrapper, which is asleep until somebody asks for it. */
  interface Wrappers {
    /**
     * Does something with the wrapper.
     *
     * @return false where there is none
     */
    boolean with(Consumer<LegacyWrapper> work);
  }

  private final Store store;
  private final Wrappers wrappers;
  private final boolean off;

  /**
   * @param off whether they are refused
   */
  LegacyJars(Store store, Wrappers wrappers, boolean off) {
    this.store = store;
    this.wrappers = wrappers;
    this.off = off;
  }

  /**
   * Puts the bundle that stands for a jar into the store.
   *
   * @param jar where the jar lies
   * @param file its name in the inbox
   * @param noBundle why it is no bundle; thrown when it is no legacy jar either
   * @return the bundle's SHA-256
   */
  String bundle(Path jar, String file, LadangException noBundle) {
    if (!NO_BUNDLE.contains(noBundle.code()) || !isLegacy(jar)) {
      throw noBundle;
    }
    if (off) {
      throw new LadangException(
              "LADANG-LEGACY-001",
              "The file " + file + " is a jar without OSGi metadata, and such are not let in here.")
          .next(
              "Make it a bundle, for example with bnd, or set `legacy` of the deploy room to `wrap`.")
          .with("file", file);
    }
    try {
      return wrapped(jar, file);
    } catch (IOException e) {
      throw new LadangException(
              "LADANG-LEGACY-002", "No bundle can be made of the file " + file + ": " + e + ".", e)
          .next("Check the disk's space, and who may write there.");
    }
  }

  private String wrapped(Path jar, String file) throws IOException {
    Path bundle = Files.createTempFile("ladang-legacy-", ".jar");
    try {
      if (!wrappers.with(wrapper -> wrapper.wrap(jar, file, bundle))) {
        throw new LadangException(
                "LADANG-LEGACY-005",
                "The file "
                    + file
                    + " is a jar without OSGi metadata, and what wraps them is not there.")
            .next("Put org.ladang.deploy.legacy back into system/base, or make it a bundle.");
      }
      return store.put(bundle);
    } finally {
      Files.deleteIfExists(bundle);
    }
  }

  /** Whether it holds classes and says nothing of being a bundle. */
  private static boolean isLegacy(Path jar) {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      Optional<Manifest> manifest = Optional.ofNullable(file.getManifest());
      return manifest.map(m -> m.getMainAttributes().getValue("Bundle-SymbolicName")).isEmpty()
          && file.stream().map(ZipEntry::getName).anyMatch(name -> name.endsWith(".class"));
    } catch (IOException e) {
      return false; // It is what it was refused for.
    }
  }
}
