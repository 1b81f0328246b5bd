package org.ladang.shard.provider;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ladang.shard.Expect;
import org.ladang.shard.Write;

/**
 * A process of its own that writes until it is killed, and says which writes were acknowledged. Or, with no threads, that
 * writes much, pauses until H2 uses old space again, writes one row more, and halts.
 */
final class KilledWriter {
  private KilledWriter() {}

  /** Arguments: the home, and how many threads write. */
  public static void main(String[] args) throws InterruptedException {
    ShardedCluster cluster = Fakes.cluster(Path.of(args[0]));
    cluster.declare(ClusterTest.PLANTS);
    int threads = Integer.parseInt(args[1]);
    if (threads == 0) {
      pauseAndWrite(cluster);
    }
    Thread[] writers = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      String owner = "o" + i;
      writers[i] = new Thread(() -> write(cluster, owner), "writer-" + i);
      writers[i].start();
    }
    for (Thread writer : writers) {
      writer.join();
    }
  }

  private static void pauseAndWrite(ShardedCluster cluster) throws InterruptedException {
    for (int i = 0; i < 14; i++) {
      List<Write> writes = new ArrayList<>();
      for (int k = 0; k < 500; k++) {
        Map<String, Object> fields = Map.of("kind", "k" + k % 7, "text", "x".repeat(150));
        writes.add(new Write.Put("plants", "o" + i + "-" + k, "p", fields, Expect.absent()));
      }
      cluster.batch(writes);
    }
    // By H2's own clock, which no test can drive: longer than old pages are left alone.
    Thread.sleep(H2ShardEngine.RETENTION_MILLIS + 500);
    long version =
        cluster.put("plants", "lone", "p", Map.of("height", 1), Expect.absent()).version();
    System.out.print("lone p 1 " + version + "\n");
    System.out.flush();
    Runtime.getRuntime().halt(9);
  }

  private static void write(ShardedCluster cluster, String owner) {
    for (int n = 0; n < 1_000_000; n++) {
      String id = "p" + n % 50;
      Map<String, Object> fields = Map.of("height", n, "text", "x".repeat(n % 700));
      long version = cluster.put("plants", owner, id, fields, Expect.any()).version();
      String line = owner + " " + id + " " + n + " " + version + "\n";
      synchronized (KilledWriter.class) {
        System.out.print(line);
        System.out.flush();
      }
    }
  }
}
