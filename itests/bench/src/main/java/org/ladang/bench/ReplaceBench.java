package org.ladang.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.ladang.bench.peer.Child;
import org.ladang.bench.peer.Ladang;
import org.ladang.bench.peer.ShellLine;

/**
 * One plugin replaced again and again while it is called as fast as one connection can: until the new version answers,
 * the longest time without an answer, and what a thousand redeploys leave behind.
 */
final class ReplaceBench {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration INTERVAL = Duration.ofMillis(2);

  private final Workshop shop;
  private final int timed;
  private final int redeploys;

  /**
   * Replaces in two stages.
   *
   * @param timed so many are timed under calls
   * @param redeploys so many follow, to see what stays behind
   */
  ReplaceBench(Workshop shop, int timed, int redeploys) {
    this.shop = shop;
    this.timed = timed;
    this.redeploys = redeploys;
  }

  void run(Ladang ladang) throws IOException {
    Crowd crowd = new Crowd(Files.createDirectories(shop.folder().resolve("crowd")));
    Path home = shop.fresh("replace");
    try (Child child = ladang.start(home);
        ShellLine line = ShellLine.to(home)) {
      drop(home, crowd.version("again", "1.0.0"));
      child.await("the first one", DEADLINE, INTERVAL, () -> serves(line, "1.0.0"));
      Figures serving = new Figures();
      Figures gaps = new Figures();
      Caller caller = new Caller(home);
      for (int n = 2; n <= timed + 1; n++) {
        String version = n + ".0.0";
        Path jar = crowd.version("again", version);
        caller.newGap();
        long began = drop(home, jar);
        child.await(version, DEADLINE, INTERVAL, () -> version.equals(caller.version()));
        serving.add((System.nanoTime() - began) / 1e6);
        gaps.add(caller.gap());
      }
      caller.close();
      Left before = left(child);
      for (int n = timed + 2; n <= timed + 1 + redeploys; n++) {
        String version = n + ".0.0";
        drop(home, crowd.version("again", version));
        child.await(version, DEADLINE, INTERVAL, () -> serves(line, version));
      }
      Left after = left(child);
      String leaks = line.run("ladang:leaks", "collect=true").text().strip();
      Table table = new Table("one plugin replaced", "Ladang");
      table.row("rename to new version serving, ms (median of " + timed + ")", serving.text(0));
      table.row("longest time without an answer, ms", gaps.text(1));
      table.row(
          "failed calls", caller.failed() + " of " + caller.calls() + ", one after the other");
      table.row(
          redeploys + " redeploys: metaspace",
          String.format(Locale.ROOT, "%+.2f MiB", (after.metaspaceKb - before.metaspaceKb) / 1024));
      table.row(
          "threads, file handles",
          before.threads + " → " + after.threads + ", " + before.handles + " → " + after.handles);
      table.row("class loaders that stay", leaks.equals("[]") ? "none" : leaks);
      table.print(shop.out());
    }
  }

  private static boolean serves(ShellLine line, String version) {
    return line.run("again:version").text().contains(version);
  }

  private static long drop(Path home, Path jar) throws IOException {
    Path part = home.resolve("dropping.part");
    Files.copy(jar, part, StandardCopyOption.REPLACE_EXISTING);
    long began = System.nanoTime();
    Files.move(part, home.resolve("deploy/again.jar"), StandardCopyOption.ATOMIC_MOVE);
    return began;
  }

  private record Left(double metaspaceKb, String threads, long handles) {}

  private static Left left(Child child) throws IOException {
    jdk("jcmd", Long.toString(child.pid()), "GC.run");
    jdk("jcmd", Long.toString(child.pid()), "GC.run");
    String[] lines = jdk("jstat", "-gc", Long.toString(child.pid())).split("\n");
    String[] heads = lines[0].strip().split("\\s+");
    String[] values = lines[1].strip().split("\\s+");
    double metaspace = 0;
    for (int i = 0; i < heads.length; i++) {
      if (heads[i].equals("MU")) {
        metaspace = Double.parseDouble(values[i]);
      }
    }
    Path proc = Path.of("/proc", Long.toString(child.pid()));
    String threads =
        Files.readString(proc.resolve("status"))
            .lines()
            .filter(l -> l.startsWith("Threads:"))
            .map(l -> l.replaceAll("\\D", ""))
            .findFirst()
            .orElse("?");
    try (var handles = Files.list(proc.resolve("fd"))) {
      return new Left(metaspace, threads, handles.count());
    }
  }

  private static String jdk(String tool, String... arguments) throws IOException {
    java.util.List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(java.util.List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes());
  }

  /** Calls one after the other and keeps the longest time between two answers. */
  private static final class Caller {
    private final ShellLine line;
    private final AtomicReference<String> version = new AtomicReference<>("");
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Thread thread = new Thread(this::call, "caller");
    private volatile boolean over;

    Caller(Path home) {
      line = ShellLine.to(home);
      thread.setDaemon(true);
      thread.start();
    }

    private void call() {
      long last = System.nanoTime();
      while (!over) {
        ShellLine.Said said = line.run("again:version");
        long now = System.nanoTime();
        longest.accumulateAndGet(now - last, Math::max);
        last = now;
        calls.incrementAndGet();
        if (said.exit() == 0) {
          version.set(said.text().replaceAll("[^0-9.]", ""));
        } else {
          failed.incrementAndGet();
        }
      }
    }

    String version() {
      return version.get();
    }

    void newGap() {
      longest.set(0);
    }

    double gap() {
      return longest.get() / 1e6;
    }

    long calls() {
      return calls.get();
    }

    long failed() {
      return failed.get();
    }

    void close() throws IOException {
      over = true;
      try {
        thread.join(5_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      line.close();
    }
  }
}
