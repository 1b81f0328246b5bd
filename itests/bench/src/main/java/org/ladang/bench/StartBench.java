package org.ladang.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.ladang.bench.peer.Child;
import org.ladang.bench.peer.Peer;

/**
 * Start to ready on a fresh home and again on the same one, CPU seconds of the JVM beside wall-clock, and resident
 * memory ten seconds after the second; rounds go through all peers in turn.
 */
final class StartBench {
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Workshop shop;
  private final List<Row> rows = new ArrayList<>();

  StartBench(Workshop shop, List<Peer> peers) {
    this.shop = shop;
    peers.forEach(peer -> rows.add(new Row(peer)));
  }

  void run(int rounds, boolean resident) throws IOException {
    for (int round = 1; round <= rounds; round++) {
      for (Row row : rows) {
        row.measure(shop.fresh("start"), resident);
        shop.say("round " + round + ", " + row.peer.name() + ": " + row.last);
      }
    }
    shop.say("");
    print();
  }

  private void print() {
    Row first = rows.get(0);
    Table table =
        new Table(
            "start to ready",
            "fresh CPU s",
            "fresh wall s",
            "warm CPU s",
            "warm wall s",
            "resident MB",
            "fresh CPU, first = 1");
    for (Row row : rows) {
      table.row(
          row.peer.name(),
          row.freshCpu.text(2),
          row.freshWall.text(2),
          row.warmCpu.text(2),
          row.warmWall.text(2),
          row.resident.text(0),
          String.format(
              java.util.Locale.ROOT, "%.2f", row.freshCpu.median() / first.freshCpu.median()));
    }
    table.print(shop.out());
  }

  private static final class Row {
    private final Peer peer;
    private final Figures freshCpu = new Figures();
    private final Figures freshWall = new Figures();
    private final Figures warmCpu = new Figures();
    private final Figures warmWall = new Figures();
    private final Figures resident = new Figures();
    private String last = "";

    Row(Peer peer) {
      this.peer = peer;
    }

    void measure(Path home, boolean withResident) {
      last = start(home, freshCpu, freshWall, false) + start(home, warmCpu, warmWall, withResident);
    }

    private String start(Path home, Figures cpu, Figures wall, boolean idle) {
      try (Child child = peer.start(home)) {
        double cpuSeconds = child.cpuSeconds();
        double wallSeconds = child.wallSeconds();
        cpu.add(cpuSeconds);
        wall.add(wallSeconds);
        String told =
            String.format(java.util.Locale.ROOT, "%.2f CPU s, %.2f s; ", cpuSeconds, wallSeconds);
        if (idle) {
          LockSupport.parkNanos(IDLE.toNanos());
          double megabytes = child.residentMegabytes();
          resident.add(megabytes);
          told += Math.round(megabytes) + " MB";
        }
        return told;
      }
    }
  }
}
