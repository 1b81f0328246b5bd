package org.ladang.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.ladang.bench.peer.Child;
import org.ladang.bench.peer.Ladang;
import org.ladang.bench.peer.Peer;
import org.ladang.bench.peer.ShellLine;

/**
 * From the rename into the drop folder until it serves. All runtimes are up, and the bundles go to them in turn. Ladang
 * is asked over one open shell connection; the others' component makes a file when it is activated.
 */
final class DropBench {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration INTERVAL = Duration.ofMillis(2);
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private final Workshop shop;
  private final SmallBundles bundles;

  DropBench(Workshop shop, SmallBundles bundles) {
    this.shop = shop;
    this.bundles = bundles;
  }

  void run(Ladang ladang, List<Peer> others, int drops) throws IOException {
    List<Path> plugins = new ArrayList<>();
    List<Path> plains = new ArrayList<>();
    for (int n = 1; n <= drops; n++) {
      plugins.add(bundles.plugin(n));
      plains.add(bundles.plain(n));
    }
    Path home = shop.fresh("drop-ladang");
    List<Other> rows = new ArrayList<>();
    Figures active = new Figures();
    Figures called = new Figures();
    try (Child child = ladang.start(home);
        ShellLine line = ShellLine.to(home)) {
      for (Peer peer : others) {
        rows.add(new Other(peer, shop.fresh("drop-" + rows.size())));
      }
      LockSupport.parkNanos(SETTLE.toNanos());
      for (int n = 1; n <= drops; n++) {
        ladang(child, line, home, plugins.get(n - 1), "drop" + n, active, called);
        for (Other other : rows) {
          other.drop(plains.get(n - 1), "dropped" + n);
        }
      }
    } finally {
      rows.forEach(Other::close);
    }
    Table table =
        new Table("drop, ms from the rename (median of " + drops + ")", "ACTIVE", "first answer");
    table.row(ladang.name(), active.text(0), called.text(0));
    rows.forEach(row -> table.row(row.peer.name(), row.active.text(0), "-"));
    table.print(shop.out());
  }

  private static void ladang(
      Child child, ShellLine line, Path home, Path jar, String name, Figures active, Figures called)
      throws IOException {
    long began = drop(jar, home.resolve("deploy"));
    boolean[] seen = new boolean[2];
    await(
        child,
        name,
        () -> {
          if (!seen[0]) {
            ShellLine.Said said = line.run("plugin:info", name);
            if (said.exit() == 0 && said.text().contains("ACTIVE")) {
              active.add(millis(began));
              seen[0] = true;
            }
          }
          if (!seen[1] && line.run(name + ":greet", "name=you").exit() == 0) {
            called.add(millis(began));
            seen[1] = true;
          }
          return seen[0] && seen[1];
        });
  }

  private static void await(Child child, String what, BooleanSupplier condition) {
    child.await(what, DEADLINE, INTERVAL, condition);
  }

  private static double millis(long began) {
    return (System.nanoTime() - began) / 1e6;
  }

  /** Copies beside, then renames in. */
  private static long drop(Path jar, Path folder) throws IOException {
    Path part = folder.resolveSibling("dropping.part");
    Files.copy(jar, part, StandardCopyOption.REPLACE_EXISTING);
    long began = System.nanoTime();
    Files.move(part, folder.resolve(jar.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    return began;
  }

  private static final class Other {
    private final Peer peer;
    private final Path home;
    private final Child child;
    private final Figures active = new Figures();

    Other(Peer peer, Path home) {
      this.peer = peer;
      this.home = home;
      this.child = peer.start(home);
    }

    void drop(Path jar, String marker) throws IOException {
      Path file = home.resolve("markers").resolve(marker);
      long began = DropBench.drop(jar, home.resolve("deploy"));
      await(child, marker, () -> Files.exists(file));
      active.add(millis(began));
    }

    void close() {
      child.close();
    }
  }
}
