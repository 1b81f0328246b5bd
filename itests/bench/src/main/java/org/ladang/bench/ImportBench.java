package org.ladang.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ladang.bench.peer.Child;
import org.ladang.bench.peer.Ladang;
import org.ladang.bench.peer.ShellLine;

/** {@code bots:import_bots} of the sample that ships with the plugin, on fresh homes, first call of the plugin. */
final class ImportBench {
  private static final String COUNT = "\"count\":6993";

  private final Workshop shop;

  ImportBench(Workshop shop) {
    this.shop = shop;
  }

  void run(Ladang ladang, int rounds) throws IOException {
    Figures seconds = new Figures();
    Figures again = new Figures();
    Figures cpu = new Figures();
    for (int round = 1; round <= rounds; round++) {
      Path home = shop.fresh("import");
      samples(home.resolve("deploy"));
      try (Child child = ladang.start(home);
          ShellLine line = ShellLine.to(home)) {
        double before = child.cpuSeconds();
        long began = System.nanoTime();
        ShellLine.Said said = line.run("bots:import_bots");
        seconds.add((System.nanoTime() - began) / 1e9);
        cpu.add(child.cpuSeconds() - before);
        if (said.exit() != 0 || !line.run("bots:get_registry_stats").text().contains(COUNT)) {
          throw new IllegalStateException("The import failed: " + said);
        }
        began = System.nanoTime();
        line.run("bots:import_bots");
        again.add((System.nanoTime() - began) / 1e9);
      }
    }
    new Table("import of 6,993 bots", "seconds", "CPU s", "a second time, s")
        .row(ladang.name(), seconds.text(2), cpu.text(2), again.text(2))
        .print(shop.out());
  }

  private void samples(Path deploy) throws IOException {
    Files.createDirectories(deploy);
    List<Path> jars;
    try (Stream<Path> files = Files.list(shop.dist().resolve("samples"))) {
      jars = files.toList();
    }
    for (Path jar : jars) {
      Files.copy(jar, deploy.resolve(jar.getFileName()));
    }
  }
}
