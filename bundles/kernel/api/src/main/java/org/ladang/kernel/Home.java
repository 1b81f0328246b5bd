package org.ladang.kernel;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** The folders of this runtime, and who it is. All folders exist. */
@ProviderType
public interface Home {
  /** The home itself ({@code LADANG_HOME}). */
  Path root();

  /** Settings that people write. */
  default Path conf() {
    return root().resolve("conf");
  }

  /** The inbox. */
  default Path deploy() {
    return root().resolve("deploy");
  }

  /** What must survive; each room has a folder of its own name in it. */
  default Path data() {
    return root().resolve("data");
  }

  /** Log files. */
  default Path log() {
    return root().resolve("log");
  }

  /** What is true only while the process runs: {@code pid}, {@code http.port}, the shell's socket. */
  default Path run() {
    return root().resolve("run");
  }

  /** Names this runtime among others; made at the first start, kept in {@code data/node.id}. */
  String nodeId();

  /** Ladang's version, for example {@code 0.1.0}. */
  String version();
}
