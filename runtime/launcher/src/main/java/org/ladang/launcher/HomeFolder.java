package org.ladang.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * A home: what one runtime owns. {@code conf deploy data log run}; the last is true only while a process holds the
 * home.
 */
record HomeFolder(Path root) {
  /** What is a lie in {@code run/} once the process is gone. The shell's socket is cleared by the shell itself. */
  private static final List<String> TRANSIENT = List.of("pid", "ready", "failed", "http.port");

  Path conf() {
    return root.resolve("conf");
  }

  Path data() {
    return root.resolve("data");
  }

  Path cache() {
    return data().resolve("framework-cache");
  }

  Path run(String file) {
    return root.resolve("run").resolve(file);
  }

  /** Makes what is missing, touches nothing that is there. What is private is readable by its owner only. */
  void fill() {
    try {
      for (String folder : List.of("conf", "deploy", "log")) {
        Files.createDirectories(root.resolve(folder));
      }
      for (String folder : List.of("data", "run")) {
        Path path = root.resolve(folder);
        if (Files.notExists(path)) {
          Files.createDirectory(path);
          ownerOnly(path);
        }
      }
      Path settings = conf().resolve("config.properties");
      if (Files.notExists(settings)) {
        Files.writeString(
            settings,
            """
            # Framework settings of this home. What stands here wins over the distribution's
            # conf/config.properties; an empty file means its defaults. logback.xml and
            # system.properties beside this file win over the distribution's in the same way.
            """);
      }
    } catch (IOException e) {
      throw new Refusal(
          Refusal.USAGE,
          "LADANG-HOME-002",
          "The home " + root + " cannot be written: " + e + ". Choose another with LADANG_HOME.");
    }
  }

  /** Removes what a process says of itself; called by the holder of the lock only. */
  void forgetRun() {
    for (String file : TRANSIENT) {
      try {
        Files.deleteIfExists(run(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The content of a file in {@code run/} without surrounding white space; empty when it is not there. */
  Optional<String> read(String file) {
    try {
      return Optional.of(Files.readString(run(file)).strip());
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /** Writes a file in {@code run/} so that a reader sees all of it or nothing. */
  void write(String file, String text) {
    try {
      Path draft = run(file + ".new");
      Files.writeString(draft, text + "\n");
      Files.move(
          draft, run(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void ownerOnly(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }
}
