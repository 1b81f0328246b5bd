package org.ladang.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The distribution, started by {@code bin/ladang run}: ready when it says so. */
public final class Ladang implements Peer {
  private static final Duration READY = Duration.ofSeconds(120);
  private static final Duration INTERVAL = Duration.ofMillis(5);

  private final String name;
  private final Path dist;
  private final String javaOptions;

  /** The distribution as it is, with these options of the JVM behind its own. */
  public Ladang(String name, Path dist, String javaOptions) {
    this.name = name;
    this.dist = dist;
    this.javaOptions = javaOptions;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Child start(Path home) {
    try {
      Files.createDirectories(home);
      Child child =
          Child.start(
              home,
              home.resolve("console.txt"),
              Map.of(
                  "LADANG_HOME",
                  home.toString(),
                  "LADANG_HTTP_PORT",
                  "0",
                  "JAVA_HOME",
                  System.getProperty("java.home"),
                  "LADANG_JAVA_OPTS",
                  javaOptions + " -Dladang.console.level=OFF"),
              List.of(dist.resolve("bin/ladang").toString(), "run"));
      Path ready = home.resolve("run/ready");
      child.await("ready", READY, INTERVAL, () -> Files.exists(ready));
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
