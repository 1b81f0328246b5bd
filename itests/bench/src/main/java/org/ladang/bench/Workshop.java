package org.ladang.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the benchmarks work.
 *
 * @param dist the distribution that is measured, a copy that nobody builds over
 * @param karaf Karaf unpacked; does not exist where it could not be fetched
 * @param fileInstall the jar of File Install
 * @param folder for homes and bundles; everything in it may be deleted
 * @param out where the figures are printed
 */
public record Workshop(Path dist, Path karaf, Path fileInstall, Path folder, PrintWriter out) {
  /** A new and empty folder of that name. */
  public Path fresh(String name) {
    try {
      Path home = folder.resolve(name);
      delete(home);
      return Files.createDirectories(home);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Says what is being done. */
  public void say(String what) {
    out.println(what);
    out.flush();
  }

  private static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
