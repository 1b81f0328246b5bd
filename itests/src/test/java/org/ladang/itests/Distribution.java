package org.ladang.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The built distribution, {@code runtime/target/ladang}. */
final class Distribution {
  static final Path ROOT =
      Path.of(System.getProperty("ladang.root", "..")).toAbsolutePath().normalize();
  static final Path FOLDER = ROOT.resolve("runtime/target/ladang");

  private Distribution() {}

  static Path command() {
    return FOLDER.resolve("bin/ladang");
  }

  /** The jars of a folder of the distribution, sorted. */
  static List<Path> jars(String folder) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one jar of a folder whose name starts so. */
  static Path jar(String folder, String name) {
    return jars(folder).stream()
        .filter(j -> j.getFileName().toString().startsWith(name + "-"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(folder + " has no " + name));
  }
}
