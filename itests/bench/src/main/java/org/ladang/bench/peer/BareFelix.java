package org.ladang.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Felix Main with bundles of the distribution's base that are not Ladang's, at the start levels of Ladang: ready when
 * a bundle behind them all has started.
 */
public final class BareFelix implements Peer {
  /** The JVM flags of bin/ladang. */
  public static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx512m", "-Xss512k");

  /** What bin/ladang adds so that the optimising compiler stays out of a start. */
  public static final List<String> LATE_JIT =
      List.of(
          "-XX:Tier4InvocationThreshold=100000",
          "-XX:Tier4MinInvocationThreshold=20000",
          "-XX:Tier4CompileThreshold=300000",
          "-XX:Tier4BackEdgeThreshold=1000000");

  private static final List<String> FLAGS_LATE =
      Stream.concat(FLAGS.stream(), LATE_JIT.stream()).toList();

  private static final Duration READY = Duration.ofSeconds(120);
  private static final Duration INTERVAL = Duration.ofMillis(5);
  private static final List<List<String>> LEVELS =
      List.of(
          List.of(
              "slf4j-api",
              "asm",
              "asm-tree",
              "asm-analysis",
              "asm-commons",
              "asm-util",
              "org.apache.aries.spifly.dynamic.bundle",
              "logback-core",
              "logback-classic",
              "org.osgi.util.function",
              "org.osgi.util.promise",
              "org.osgi.service.component",
              "org.apache.felix.log",
              "org.apache.felix.logback"),
          List.of(
              "org.apache.felix.configadmin",
              "org.apache.felix.metatype",
              "org.apache.felix.eventadmin",
              "org.apache.felix.scr"),
          List.of("org.apache.felix.gogo.runtime", "org.apache.felix.gogo.command"));
  private static final List<String> ONLY_INSTALLED =
      List.of("jline", "org.apache.felix.gogo.jline");

  private final String name;
  private final Path dist;
  private final List<String> flags;
  private final boolean scrOnly;
  private final List<Path> more;
  private final Map<String, String> properties;

  private BareFelix(
      String name,
      Path dist,
      List<String> flags,
      boolean scrOnly,
      List<Path> more,
      Map<String, String> properties) {
    this.name = name;
    this.dist = dist;
    this.flags = flags;
    this.scrOnly = scrOnly;
    this.more = more;
    this.properties = properties;
  }

  /** All third-party bundles of the base. */
  public static BareFelix base(Path dist, Path marker) {
    return new BareFelix("bare Felix, same bundles", dist, FLAGS, false, List.of(marker), Map.of());
  }

  /** The same with the JVM flags of bin/ladang. */
  public static BareFelix baseWithLateJit(Path dist, Path marker) {
    return new BareFelix(
        "bare Felix, Ladang's JIT flags", dist, FLAGS_LATE, false, List.of(marker), Map.of());
  }

  /** The same with more bundles, which may import Ladang's kernel API. */
  public static BareFelix with(Path dist, Path marker, List<Path> more) {
    try {
      List<Path> jars =
          new ArrayList<>(List.of(jar(dist.resolve("system/base"), "org.ladang.kernel.api")));
      jars.addAll(more);
      jars.add(marker);
      return new BareFelix(
          "bare Felix, " + more.size() + " more", dist, FLAGS_LATE, false, jars, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Logging and SCR only, with File Install as it is by default. */
  public static BareFelix fileInstall(Path dist, Path fileInstall, Path marker) {
    return new BareFelix(
        "File Install on bare Felix",
        dist,
        FLAGS,
        true,
        List.of(fileInstall, marker),
        Map.of("felix.fileinstall.log.level", "1"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Child start(Path home) {
    try {
      Path drop = Files.createDirectories(home.resolve("deploy"));
      Path markers = Files.createDirectories(home.resolve("markers"));
      Path ready = markers.resolve("ready");
      Files.deleteIfExists(ready);
      Map<String, String> config = new LinkedHashMap<>(properties);
      config.put("org.osgi.framework.storage", home.resolve("cache").toString());
      config.put("org.osgi.framework.startlevel.beginning", "6");
      config.put("felix.service.urlhandlers", "false");
      config.put("felix.cache.locking", "false");
      config.put("felix.log.level", "1");
      config.put("org.apache.felix.http.host", "127.0.0.1");
      config.put("org.osgi.service.http.port", "0");
      config.put("felix.fileinstall.dir", drop.toString());
      config.putAll(levels());
      StringBuilder text = new StringBuilder();
      config.forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
      Path file = Files.writeString(home.resolve("config.properties"), text);
      Child child =
          Child.start(home, home.resolve("console.txt"), Map.of(), command(home, file, markers));
      child.await("ready", READY, INTERVAL, () -> Files.exists(ready));
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command(Path home, Path config, Path markers) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(flags);
    command.add("-Dbench.markers=" + markers);
    command.add("-Dladang.home=" + home);
    command.add("-Dlogback.configurationFile=" + logback(home));
    command.add("-Djava.util.logging.config.file=" + dist.resolve("conf/logging.properties"));
    command.add("-Djava.awt.headless=true");
    command.add("-Dfelix.config.properties=" + config.toUri());
    command.add("-cp");
    command.add(jar(dist.resolve("bin/lib"), "org.apache.felix.main").toString());
    command.add("org.apache.felix.main.Main");
    return command;
  }

  private Path logback(Path home) throws IOException {
    return Files.writeString(
        home.resolve("logback.xml"),
        """
        <configuration>
          <appender name="file" class="ch.qos.logback.core.FileAppender">
            <file>%s</file>
            <encoder><pattern>%%d %%-5level %%msg%%n</pattern></encoder>
          </appender>
          <root level="INFO"><appender-ref ref="file"/></root>
        </configuration>
        """
            .formatted(home.resolve("bare.log")));
  }

  private Map<String, String> levels() throws IOException {
    Map<String, String> levels = new LinkedHashMap<>();
    Path base = dist.resolve("system/base");
    List<String> named = new ArrayList<>();
    for (int i = 0; i < (scrOnly ? 2 : LEVELS.size()); i++) {
      levels.put("felix.auto.start." + (i + 1), urls(base, LEVELS.get(i)));
      named.addAll(LEVELS.get(i));
    }
    if (!scrOnly) {
      levels.put("felix.auto.install.3", urls(base, ONLY_INSTALLED));
      named.addAll(ONLY_INSTALLED);
      try (Stream<Path> files = Files.list(base)) {
        List<String> rest =
            files
                .map(BareFelix::name)
                .filter(n -> !n.startsWith("org.ladang.") && !named.contains(n))
                .sorted()
                .toList();
        levels.put("felix.auto.start.4", urls(base, rest));
      }
    }
    StringBuilder last = new StringBuilder();
    for (Path jar : more) {
      last.append(url(jar)).append(' ');
    }
    levels.put("felix.auto.start.6", last.toString().strip());
    return levels;
  }

  private static String urls(Path folder, List<String> names) throws IOException {
    StringBuilder urls = new StringBuilder();
    for (String name : names) {
      urls.append(url(jar(folder, name))).append(' ');
    }
    return urls.toString().strip();
  }

  private static String url(Path jar) {
    return "\"reference:" + jar.toUri() + "\"";
  }

  private static String name(Path jar) {
    return jar.getFileName().toString().replaceFirst("(-\\d[^/]*)?\\.jar$", "");
  }

  private static Path jar(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> name(f).equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(folder + " has no " + name));
    }
  }
}
