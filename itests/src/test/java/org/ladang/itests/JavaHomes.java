package org.ladang.itests;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The JDKs to test on: the running one, and a JDK 25 named by {@code JAVA25_HOME} or lying beside it. */
final class JavaHomes {
  private JavaHomes() {}

  static Path running() {
    return Path.of(System.getProperty("java.home"));
  }

  static Optional<Path> java25() {
    String named = System.getenv().getOrDefault("JAVA25_HOME", "");
    if (!named.isBlank()) {
      return Optional.of(Path.of(named));
    }
    Path beside = running().toAbsolutePath().getParent();
    try (DirectoryStream<Path> homes = Files.newDirectoryStream(beside, Files::isDirectory)) {
      for (Path home : homes) {
        if (version(home).startsWith("25")) {
          return Optional.of(home);
        }
      }
    } catch (IOException unreadable) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** The running JDK and, where there is one, a 25; says loudly when there is none. */
  static List<Path> all() {
    List<Path> homes = new ArrayList<>(List.of(running()));
    java25()
        .ifPresentOrElse(
            home -> {
              if (!version(home).equals(version(running()))) {
                homes.add(home);
              }
            },
            () ->
                System.err.println(
                    "\n*** SKIPPED: no JDK 25 was found by JAVA25_HOME or beside "
                        + running()
                        + " ***\n"));
    return homes;
  }

  static String version(Path home) {
    try {
      for (String line : Files.readAllLines(home.resolve("release"))) {
        if (line.startsWith("JAVA_VERSION=")) {
          return line.substring("JAVA_VERSION=".length()).replace("\"", "");
        }
      }
      return "";
    } catch (IOException none) {
      return "";
    }
  }
}
