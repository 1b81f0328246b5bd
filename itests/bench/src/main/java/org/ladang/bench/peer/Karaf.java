package org.ladang.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Apache Karaf as it is unpacked, with the features scr and webconsole, on loopback: ready when its web console
 * answers. The home is a base of its own; what Karaf fetches stays in the local Maven repository, so that only the
 * very first start needs a network.
 */
public final class Karaf implements Peer {
  private static final Duration READY = Duration.ofSeconds(180);
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private final String name;
  private final Path unpacked;
  private final String javaOptions;

  /** Karaf in that folder; options for its JVM, empty for its own defaults. */
  public Karaf(String name, Path unpacked, String javaOptions) {
    this.name = name;
    this.unpacked = unpacked;
    this.javaOptions = javaOptions;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Child start(Path home) {
    try {
      if (Files.notExists(home.resolve("etc"))) {
        prepare(home);
      }
      int web = freePort();
      write(
          home,
          "org.ops4j.pax.web.cfg",
          "org.osgi.service.http.port="
              + web
              + "\norg.ops4j.pax.web.listening.addresses=127.0.0.1\n");
      edit(home, "org.apache.karaf.shell.cfg", "sshPort = \\d+", "sshPort = " + freePort());
      edit(
          home,
          "org.apache.karaf.management.cfg",
          "rmiRegistryPort = \\d+",
          "rmiRegistryPort = " + freePort());
      edit(
          home,
          "org.apache.karaf.management.cfg",
          "rmiServerPort = \\d+",
          "rmiServerPort = " + freePort());
      Child child =
          Child.start(
              home,
              home.resolve("console.txt"),
              Map.of(
                  "JAVA_HOME", System.getProperty("java.home"),
                  "KARAF_BASE", home.toString(),
                  "KARAF_DATA", home.resolve("data").toString(),
                  "KARAF_ETC", home.resolve("etc").toString(),
                  "KARAF_LOG", home.resolve("data/log").toString(),
                  "EXTRA_JAVA_OPTS", javaOptions + " -Dbench.markers=" + home.resolve("markers"),
                  "KARAF_EXEC", "exec"),
              List.of(unpacked.resolve("bin/karaf").toString(), "server"));
      child.await("the web console", READY, INTERVAL, () -> answers(web));
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void prepare(Path home) throws IOException {
    copy(unpacked.resolve("etc"), home.resolve("etc"));
    Files.createDirectories(home.resolve("deploy"));
    Files.createDirectories(home.resolve("data/log"));
    Files.createDirectories(home.resolve("markers"));
    edit(
        home,
        "org.apache.karaf.features.cfg",
        "(?m)^    kar/4",
        "    scr, pax-web-http-jetty, webconsole, kar/4");
    edit(home, "org.apache.karaf.shell.cfg", "sshHost = .*", "sshHost = 127.0.0.1");
  }

  private static void edit(Path home, String file, String pattern, String text) throws IOException {
    Path path = home.resolve("etc").resolve(file);
    String old = Files.readString(path, StandardCharsets.ISO_8859_1);
    String edited = old.replaceAll(pattern, text);
    if (edited.equals(old) && !old.contains(text)) {
      throw new IllegalStateException("Karaf's " + file + " is not what was expected.");
    }
    Files.writeString(path, edited, StandardCharsets.ISO_8859_1);
  }

  private static void write(Path home, String file, String text) throws IOException {
    Files.writeString(home.resolve("etc").resolve(file), text);
  }

  private static boolean answers(int port) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/system/console/bundles")
                  .toURL()
                  .openConnection();
      connection.setConnectTimeout(500);
      connection.setReadTimeout(2000);
      int code = connection.getResponseCode();
      connection.disconnect();
      return code == 401 || code == 302 || code == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
