package org.ladang.bench.peer;

import java.nio.file.Path;

/** A runtime that can be started on a home of its own. */
public interface Peer {
  /** Its name in the tables, with the JVM flags that matter. */
  String name();

  /** Starts it on that home (made when it does not exist) and returns when it is ready. */
  Child start(Path home);
}
