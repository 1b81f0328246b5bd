package org.ladang.security.provider;

import java.nio.file.Path;
import java.time.Duration;

/** A process that fills a trail until somebody kills it, and says after each flush how far it is on disk. */
final class AuditChild {
  private AuditChild() {}

  public static void main(String[] args) {
    AuditFolder trail = new AuditFolder(Path.of(args[0]), 100_000, 100);
    AuditWriter writer = new AuditWriter(trail.log(), trail.clock, trail.events);
    writer.start();
    for (long i = 0; ; i++) {
      writer.put(trail.entry("entry " + i));
      if (i % 50 == 0 && writer.flush(Duration.ofSeconds(10))) {
        ChainLink head = trail.anchors.head().orElseThrow();
        System.out.println(head.seq() + " " + head.hash());
        System.out.flush();
      }
    }
  }
}
