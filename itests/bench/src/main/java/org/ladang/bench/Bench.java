package org.ladang.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ladang.bench.peer.BareFelix;
import org.ladang.bench.peer.Karaf;
import org.ladang.bench.peer.Ladang;
import org.ladang.bench.peer.Peer;
import org.ladang.bench.shard.ShardBench;

/** The benchmarks at process level: {@code start}, {@code drop}, {@code crowd}, {@code replace}, {@code page}, {@code import}, {@code shard}; what they are is in the README. */
public final class Bench {
  private Bench() {}

  /**
   * Runs the parts that are named.
   *
   * @param args parts, {@code rounds=N}, and for {@code start} more ways to start Ladang: {@code "variant:name=JVM
   *     options"}
   */
  public static void main(String[] args) throws Exception {
    Path target = Path.of(System.getProperty("bench.target", "target")).toAbsolutePath();
    Workshop shop =
        new Workshop(
            target.resolve("measured/runtime/target/ladang"),
            target.resolve("peers/apache-karaf-" + System.getProperty("bench.karaf")),
            target.resolve(
                "peers/org.apache.felix.fileinstall-"
                    + System.getProperty("bench.fileinstall")
                    + ".jar"),
            Files.createDirectories(target.resolve("work")),
            new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    int rounds = 5;
    List<Peer> variants = new ArrayList<>();
    for (String arg : args) {
      if (arg.startsWith("rounds=")) {
        rounds = Integer.parseInt(arg.substring("rounds=".length()));
      } else if (arg.startsWith("variant:")) {
        String[] parts = arg.substring("variant:".length()).split("=", 2);
        variants.add(new Ladang("Ladang, " + parts[0], shop.dist(), parts[1]));
      }
    }
    for (String arg : args) {
      switch (arg) {
        case "start" -> start(shop, rounds);
        case "variants" -> new StartBench(shop, withDefault(shop, variants)).run(rounds, true);
        case "drop" -> drop(shop);
        case "crowd" -> crowd(shop);
        case "replace" ->
            new ReplaceBench(shop, 20, number("bench.redeploys", 1_000)).run(ladang(shop));
        case "shard" -> {
          new ShardBench(
                  shop,
                  target.resolve(
                      "peers/shardingsphere-" + System.getProperty("bench.shardingsphere")))
              .run(rounds);
          new ImportBench(shop).run(ladang(shop), 3);
        }
        case "page" -> new PageBench(shop, number("bench.plugins", 500)).run(ladang(shop));
        case "import" -> new ImportBench(shop).run(ladang(shop), 3);
        default -> {
          if (!arg.contains("=")) {
            throw new IllegalArgumentException("There is no part " + arg + ".");
          }
        }
      }
    }
  }

  private static void start(Workshop shop, int rounds) throws IOException {
    Path marker = new SmallBundles(shop.folder().resolve("bundles")).marker();
    List<Peer> peers = new ArrayList<>();
    peers.add(BareFelix.base(shop.dist(), marker));
    peers.add(BareFelix.baseWithLateJit(shop.dist(), marker));
    peers.add(ladang(shop));
    if (Files.exists(shop.karaf())) {
      Peer karaf = new Karaf("Karaf, scr and webconsole", shop.karaf(), "");
      // Not measured: the very first one fetches what its features need.
      karaf.start(shop.fresh("karaf-first")).close();
      peers.add(karaf);
    } else {
      shop.say("Karaf is left out: " + shop.karaf() + " is not there.");
    }
    new StartBench(shop, peers).run(rounds, true);
  }

  private static void drop(Workshop shop) throws IOException {
    SmallBundles bundles = new SmallBundles(shop.folder().resolve("bundles"));
    List<Peer> others = new ArrayList<>();
    others.add(BareFelix.fileInstall(shop.dist(), shop.fileInstall(), bundles.marker()));
    if (Files.exists(shop.karaf())) {
      others.add(new Karaf("Karaf", shop.karaf(), ""));
    }
    new DropBench(shop, bundles).run(ladang(shop), others, 10);
  }

  private static void crowd(Workshop shop) throws IOException {
    Path marker = new SmallBundles(shop.folder().resolve("bundles")).marker();
    new CrowdBench(shop, marker, number("bench.crowd", 1_000)).run(ladang(shop));
  }

  private static int number(String property, int otherwise) {
    return Integer.getInteger(property, otherwise);
  }

  private static List<Peer> withDefault(Workshop shop, List<Peer> variants) {
    List<Peer> all = new ArrayList<>();
    all.add(ladang(shop));
    all.addAll(variants);
    return all;
  }

  private static Ladang ladang(Workshop shop) {
    return new Ladang("Ladang", shop.dist(), "");
  }
}
