package org.ladang.kernel.provider;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.osgi.framework.BundleContext;

/**
 * The framework properties that the kernel reads. They are fixed at launch, as the base is.
 *
 * @param home the runtime's home ({@code ladang.home}; the working folder by default)
 * @param rooms where the distribution's providers lie ({@code ladang.system}, folder {@code system/rooms})
 * @param version Ladang's version ({@code ladang.version})
 * @param deadline how long a bundle may take to start ({@code ladang.swap.deadline.millis}; 10 s)
 * @param drain how long an old version's calls are waited for ({@code ladang.drain.millis}; 10 s)
 * @param start how long the rooms may take to serve ({@code ladang.start.deadline.millis}; 30 s)
 * @param restart how long a failed plugin waits for its first restart ({@code ladang.restart.millis}; 1 s)
 * @param migrate how long a plugin may take to migrate its files ({@code ladang.migrate.millis}; 60 s)
 * @param stop after that a stop halts the JVM ({@code ladang.stop.deadline.millis}; 20 s)
 */
public record Settings(
    Path home,
    Path rooms,
    String version,
    Duration deadline,
    Duration drain,
    Duration start,
    Duration restart,
    Duration migrate,
    Duration stop) {

  static Settings of(BundleContext context) {
    Path home = Path.of(text(context, "ladang.home", ".")).toAbsolutePath().normalize();
    Path system = Path.of(text(context, "ladang.system", home.toString()));
    return new Settings(
        home,
        system.resolve("system").resolve("rooms"),
        text(context, "ladang.version", context.getBundle().getVersion().toString()),
        millis(context, "ladang.swap.deadline.millis", 10_000),
        millis(context, "ladang.drain.millis", 10_000),
        millis(context, "ladang.start.deadline.millis", 30_000),
        millis(context, "ladang.restart.millis", 1_000),
        millis(context, "ladang.migrate.millis", 60_000),
        millis(context, "ladang.stop.deadline.millis", 20_000));
  }

  private static String text(BundleContext context, String key, String otherwise) {
    return Optional.ofNullable(context.getProperty(key)).orElse(otherwise);
  }

  private static Duration millis(BundleContext context, String key, long otherwise) {
    return Duration.ofMillis(Long.parseLong(text(context, key, Long.toString(otherwise))));
  }
}
