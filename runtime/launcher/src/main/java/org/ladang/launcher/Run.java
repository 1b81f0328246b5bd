package org.ladang.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One life of a runtime in a home: take it, start the base, wait for the end, leave nothing untrue behind. */
final class Run {
  private static final String BASE = "base.fingerprint";

  private final HomeFolder home;
  private final Path dist;

  Run(HomeFolder home, Path dist) {
    this.home = home;
    this.dist = dist;
  }

  /**
   * Returns when the framework has stopped. The lock goes with the process, never before it: until then threads of
   * bundles may still write.
   *
   * @return the exit code
   */
  int untilStopped() {
    Settings settings = new Settings(home, dist);
    home.fill();
    settings.applySystemProperties();
    HomeLock lock = HomeLock.take(home);
    home.forgetRun();
    home.write("pid", Long.toString(ProcessHandle.current().pid()));
    try {
      Map<String, String> properties = new HashMap<>(settings.frameworkProperties(version()));
      Base base = new Base(dist.resolve("system/base"), properties);
      properties.putAll(base.properties());
      forgetOldCache(base.fingerprint());
      new BaseFramework(properties, home).runUntilStopped();
      return 0;
    } finally {
      // Reachable until here, so that the lock lives as long as the framework.
      java.lang.ref.Reference.reachabilityFence(lock);
    }
  }

  /** The cache holds the base's bundles by location; with another base it would run both. */
  private void forgetOldCache(String fingerprint) {
    Path mark = home.cache().resolve(BASE);
    try {
      Optional<String> former =
          Files.exists(mark) ? Optional.of(Files.readString(mark)) : Optional.empty();
      if (!former.equals(Optional.of(fingerprint))) {
        delete(home.cache());
        Files.createDirectories(home.cache());
        Files.writeString(mark, fingerprint);
      }
    } catch (IOException e) {
      throw new Refusal(
          Refusal.NOT_STARTED,
          "LADANG-HOME-004",
          "The framework's cache " + home.cache() + " cannot be renewed: " + e + ".");
    }
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

  private static String version() {
    String version = Run.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
