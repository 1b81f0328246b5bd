package org.ladang.discovery.provider;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.tukaani.xz.XZInputStream;

/**
 * A real PostgreSQL of its own, from the binaries that Maven has brought for this platform. It refuses to run as root;
 * where the test is root it runs as {@code nobody}, in a folder of that user's.
 */
final class Postgres implements AutoCloseable {
  private final Path folder;
  private final Path bin;
  private final Process process;
  final int port;

  private Postgres(Path folder, Path bin, int port) throws IOException, InterruptedException {
    this.folder = folder;
    this.bin = bin;
    this.port = port;
    Path data = folder.resolve("data");
    run(
        bin.resolve("initdb").toString(),
        "-D",
        data.toString(),
        "-U",
        "ladang",
        "--auth=trust",
        "--no-sync",
        "-E",
        "UTF8",
        "--locale=C");
    process =
        new ProcessBuilder(
                asUser(
                    List.of(
                        bin.resolve("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-h",
                        "127.0.0.1",
                        "-k",
                        folder.toString(),
                        "-F")))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Awaitility.await("PostgreSQL is up")
        .atMost(java.time.Duration.ofSeconds(60))
        .until(this::answers);
  }

  /** Starts one in that folder; empty where there are no binaries for this platform. */
  static Optional<Postgres> start(Path folder) throws IOException, InterruptedException {
    Optional<String> archive = archive();
    if (archive.isEmpty()) {
      return Optional.empty();
    }
    openToAll(folder);
    Path unpacked = Files.createDirectories(folder.resolve("pg"));
    Process tar =
        new ProcessBuilder("tar", "-xf", "-", "-C", unpacked.toString())
            .redirectErrorStream(true)
            .start();
    try (InputStream packed = Postgres.class.getResourceAsStream("/" + archive.get());
        InputStream plain = new XZInputStream(packed);
        var out = tar.getOutputStream()) {
      plain.transferTo(out);
    }
    if (tar.waitFor() != 0) {
      throw new IOException("tar: " + new String(tar.getInputStream().readAllBytes()));
    }
    if (root()) {
      run(false, "chown", "-R", "nobody", folder.toString());
    }
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    return Optional.of(new Postgres(folder, unpacked.resolve("bin"), port));
  }

  private static Optional<String> archive() {
    String system = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT);
    String os = system.contains("mac") ? "darwin" : system.contains("linux") ? "linux" : "windows";
    String arch =
        List.of("amd64", "x86_64").contains(System.getProperty("os.arch")) ? "x86_64" : "arm_64";
    String name = "postgres-" + os + "-" + arch + ".txz";
    return Postgres.class.getResource("/" + name) == null ? Optional.empty() : Optional.of(name);
  }

  /** A user that is not root has to get to where the files are. */
  private static void openToAll(Path folder) throws IOException, InterruptedException {
    if (root()) {
      run(false, "chmod", "755", folder.toString());
    }
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static List<String> asUser(List<String> command) {
    List<String> whole = new ArrayList<>();
    if (root()) {
      whole.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"));
    }
    whole.addAll(command);
    return whole;
  }

  private void run(String... command) throws IOException, InterruptedException {
    run(true, command);
  }

  private static void run(boolean asUser, String... command)
      throws IOException, InterruptedException {
    List<String> whole = asUser ? asUser(List.of(command)) : List.of(command);
    Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(whole + ": " + said);
    }
  }

  private boolean answers() throws IOException, InterruptedException {
    if (!process.isAlive()) {
      throw new IOException(Files.readString(folder.resolve("log")));
    }
    try (Stream<String> lines = Files.lines(folder.resolve("log"))) {
      return lines.anyMatch(line -> line.contains("ready to accept connections"));
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
