package org.ladang.bench.shard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.ladang.bench.Figures;
import org.ladang.bench.Table;
import org.ladang.bench.Workshop;

/**
 * One row read and one row written, by hand, by ShardingSphere-JDBC and by Ladang: ten H2 files each, in one JVM, the
 * rounds going through all of them in turn. Each has H2 in a class loader of its own, so that none profits or suffers
 * from what the compiler learned about another.
 */
public final class ShardBench {
  private static final int ROWS = 100_000;
  private static final int CHUNK = 10_000;
  private static final int READS = 4_000;
  private static final int WRITES = 600;

  /** Gives each primary the memory that each file of the others has: four fifths are theirs, and there are ten. */
  private static final String CACHE_KB = String.valueOf(JdbcRows.CACHE_KB * 10 * 5 / 4);

  private final Workshop shop;
  private final Path sphere;
  private final AtomicInteger next = new AtomicInteger(ROWS);

  /**
   * @param sphere the jars of ShardingSphere-JDBC; need not be there
   */
  public ShardBench(Workshop shop, Path sphere) {
    this.shop = shop;
    this.sphere = sphere;
  }

  /** Measures in so many rounds and prints. */
  public void run(int rounds) throws Exception {
    List<Subject> subjects = new ArrayList<>();
    try {
      subjects.add(new Subject(new ByHand(shop.fresh("by-hand"))));
      if (Files.isDirectory(sphere)) {
        subjects.add(new Subject(ShardingSphere.open(sphere, shop.fresh("shardingsphere"))));
      } else {
        shop.say("ShardingSphere-JDBC is left out: " + sphere + " is not there.");
      }
      subjects.add(
          new Subject(
              LadangShards.start(
                  "Ladang, no replica",
                  shop.dist(),
                  shop.fresh("ladang-single"),
                  Map.of("replicas", "none", "cacheKb", CACHE_KB))));
      subjects.add(
          new Subject(
              LadangShards.start(
                  "Ladang, SYNC replica",
                  shop.dist(),
                  shop.fresh("ladang-sync"),
                  Map.of("replicas", "sync", "cacheKb", CACHE_KB))));
      for (Subject subject : subjects) {
        subject.fill();
        subject.reads(0);
        subject.writes(new AtomicInteger(10_000_000));
        subject.forget();
        shop.say(subject.contender.name() + " is filled and warm.");
      }
      // Not mixed: a write leaves old pages in memory, and who writes more pages would read more
      // slowly.
      for (Subject subject : subjects) {
        subject.reads(0);
        subject.forget();
      }
      for (int round = 1; round <= rounds; round++) {
        for (int i = 0; i < subjects.size(); i++) {
          subjects.get((i + round) % subjects.size()).reads(round);
        }
      }
      for (int round = 1; round <= rounds; round++) {
        for (int i = 0; i < subjects.size(); i++) {
          subjects.get((i + round) % subjects.size()).writes(next);
        }
      }
      print(subjects);
    } finally {
      for (Subject subject : subjects) {
        subject.contender.close();
      }
    }
  }

  private void print(List<Subject> subjects) {
    Subject first = subjects.get(0);
    Table table =
        new Table(
            "p50, µs",
            "read, 1 thread",
            "by hand = 1",
            "read, 2 threads",
            "by hand = 1",
            "write",
            "by hand = 1");
    Table scale =
        new Table(
            "a second",
            "reads, 1 thread",
            "8 threads",
            "times",
            "by hand = 1",
            "writes, 1 thread",
            "8 threads",
            "times",
            "by hand = 1");
    for (Subject subject : subjects) {
      table.row(
          subject.contender.name(),
          subject.read1.text(1),
          ratio(subject.read1, first.read1),
          subject.read2.text(1),
          ratio(subject.read2, first.read2),
          subject.write1.text(1),
          ratio(subject.write1, first.write1));
      scale.row(
          subject.contender.name(),
          subject.reads1.text(0),
          subject.reads8.text(0),
          ratio(subject.reads8, subject.reads1),
          two(scaling(subject.reads8, subject.reads1) / scaling(first.reads8, first.reads1)),
          subject.writes1.text(0),
          subject.writes8.text(0),
          ratio(subject.writes8, subject.writes1),
          two(scaling(subject.writes8, subject.writes1) / scaling(first.writes8, first.writes1)));
    }
    table.print(shop.out());
    scale.print(shop.out());
  }

  private static double scaling(Figures many, Figures one) {
    return many.median() / one.median();
  }

  private static String ratio(Figures one, Figures other) {
    return two(one.median() / other.median());
  }

  private static String two(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** One contender with its figures. */
  private static final class Subject {
    private final Contender contender;
    private Figures read1;
    private Figures read2;
    private Figures reads1;
    private Figures reads8;
    private Figures write1;
    private Figures writes1;
    private Figures writes8;

    Subject(Contender contender) {
      this.contender = contender;
      forget();
    }

    private void forget() {
      read1 = new Figures();
      read2 = new Figures();
      reads1 = new Figures();
      reads8 = new Figures();
      write1 = new Figures();
      writes1 = new Figures();
      writes8 = new Figures();
    }

    private void fill() throws Exception {
      for (int from = 0; from < ROWS; from += CHUNK) {
        contender.load(IntStream.range(from, from + CHUNK).mapToObj(Plant::new).toList());
      }
    }

    private void reads(int round) {
      Load.Operation read =
          (n, random) -> {
            Plant plant = new Plant(random.nextInt(ROWS));
            Map<String, Object> fields = contender.get(plant.owner(), plant.id());
            if (!plant.fields().get("name").equals(fields.get("name"))) {
              throw new IllegalStateException("Another row: " + fields);
            }
          };
      // Warm caches after another contender's turn; not measured.
      Load.run(1, READS / 2, round, read);
      Load.Result one = Load.run(1, READS, round + 1, read);
      read1.add(one.p50() / 1e3);
      reads1.add(one.perSecond());
      read2.add(Load.run(2, READS, round + 2, read).p50() / 1e3);
      reads8.add(Load.run(8, READS / 4, round + 3, read).perSecond());
    }

    private void writes(AtomicInteger next) {
      int base = next.getAndAdd(2 * WRITES);
      Load.Result one = Load.run(1, WRITES, 0, (n, random) -> write(base + n));
      write1.add(one.p50() / 1e3);
      writes1.add(one.perSecond());
      writes8.add(Load.run(8, WRITES / 8, 0, (n, random) -> write(base + WRITES + n)).perSecond());
    }

    private void write(int n) throws Exception {
      Plant plant = new Plant(n);
      contender.insert(plant.owner(), plant.id(), plant.fields());
    }
  }
}
