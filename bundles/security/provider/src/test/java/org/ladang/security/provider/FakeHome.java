package org.ladang.security.provider;

import java.nio.file.Path;
import org.ladang.kernel.Home;

/** A home in a test's folder. */
record FakeHome(Path root) implements Home {
  @Override
  public String nodeId() {
    return "node";
  }

  @Override
  public String version() {
    return "0.1.0";
  }
}
