package org.ladang.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ladang.bench.peer.BareFelix;
import org.ladang.bench.peer.Child;
import org.ladang.bench.peer.Ladang;
import org.ladang.bench.peer.ShellLine;

/**
 * A thousand plugins: renamed in at once, started again eagerly and lazily, and how much memory they take. The peer is
 * Felix itself, which installs and starts the same jars at its own start.
 */
final class CrowdBench {
  private static final Duration DEADLINE = Duration.ofMinutes(5);
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private final Workshop shop;
  private final Path marker;
  private final int size;

  CrowdBench(Workshop shop, Path marker, int size) {
    this.shop = shop;
    this.marker = marker;
    this.size = size;
  }

  void run(Ladang ladang) throws IOException {
    Crowd crowd = new Crowd(Files.createDirectories(shop.folder().resolve("crowd")));
    List<Path> eager = crowd.jars(size, false);
    List<Path> lazy = crowd.jars(size, true);
    double own = warmStart(ladang, shop.fresh("crowd-none"));
    double bare = bare(List.of());
    double bareWithAll = bare(eager);

    Path home = shop.fresh("crowd-eager");
    Dropped dropped = drop(ladang, home, eager);
    double restart = restart(ladang, home);
    Path lazyHome = shop.fresh("crowd-lazy");
    drop(ladang, lazyHome, lazy);
    double lazyRestart = restart(ladang, lazyHome);

    Table table = new Table(size + " plugins", "Ladang", "beside it");
    table.row(
        "renamed in at once: first ACTIVE, all ACTIVE",
        seconds(dropped.first) + ", " + seconds(dropped.all),
        dropped.count + " of " + size + " ACTIVE");
    table.row(
        "CPU s for them",
        number(dropped.cpu),
        number(bareWithAll - bare)
            + " bare Felix installing and starting the same jars ("
            + number(dropped.cpu / (bareWithAll - bare))
            + "x)");
    table.row("restart with all started, CPU s", number(restart), "own start " + number(own));
    table.row("restart with all lazy, CPU s", number(lazyRestart), "own start " + number(own));
    table.row("resident after GC, MB", String.valueOf(Math.round(dropped.resident)), "");
    table.print(shop.out());
  }

  private record Dropped(double first, double all, long count, double cpu, double resident) {}

  private Dropped drop(Ladang ladang, Path home, List<Path> jars) throws IOException {
    try (Child child = ladang.start(home);
        ShellLine line = ShellLine.to(home)) {
      List<Path> parts = new ArrayList<>();
      for (Path jar : jars) {
        parts.add(
            Files.copy(
                jar,
                home.resolve("deploy").resolve("." + jar.getFileName() + ".part"),
                StandardCopyOption.REPLACE_EXISTING));
      }
      double before = child.cpuSeconds();
      long began = System.nanoTime();
      for (int i = 0; i < parts.size(); i++) {
        Files.move(
            parts.get(i),
            home.resolve("deploy").resolve(jars.get(i).getFileName()),
            StandardCopyOption.ATOMIC_MOVE);
      }
      child.await(
          "a first one",
          DEADLINE,
          INTERVAL,
          () -> line.run("crowd0000:version").exit() == 0 || served(home) > 0);
      double first = (System.nanoTime() - began) / 1e9;
      child.await("all of them", DEADLINE, INTERVAL, () -> served(home) >= jars.size());
      double all = (System.nanoTime() - began) / 1e9;
      double cpu = child.cpuSeconds() - before;
      collect(child);
      return new Dropped(first, all, served(home), cpu, child.residentMegabytes());
    }
  }

  /** How many the newest generation names: asking costs the runtime nothing. */
  private static long served(Path home) {
    try (Stream<Path> files = Files.list(home.resolve("data/generations"))) {
      Path newest =
          files
              .filter(f -> f.getFileName().toString().matches("\\d+\\.json"))
              .max(Path::compareTo)
              .orElseThrow();
      return Files.readString(newest).split("\"file\":\"crowd", -1).length - 1L;
    } catch (IOException e) {
      return 0;
    }
  }

  private static void collect(Child child) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd");
    try {
      new ProcessBuilder(jcmd.toString(), Long.toString(child.pid()), "GC.run")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private double warmStart(Ladang ladang, Path home) {
    ladang.start(home).close();
    return restart(ladang, home);
  }

  private double restart(Ladang ladang, Path home) {
    Figures cpu = new Figures();
    for (int i = 0; i < 3; i++) {
      try (Child child = ladang.start(home)) {
        cpu.add(child.cpuSeconds());
      }
    }
    return cpu.median();
  }

  private double bare(List<Path> jars) {
    Figures cpu = new Figures();
    for (int i = 0; i < 3; i++) {
      try (Child child =
          BareFelix.with(shop.dist(), marker, jars).start(shop.fresh("crowd-bare"))) {
        cpu.add(child.cpuSeconds());
      }
    }
    return cpu.median();
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f s", value);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
