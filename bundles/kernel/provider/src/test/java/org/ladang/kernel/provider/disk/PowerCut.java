package org.ladang.kernel.provider.disk;

/** The power went off. An error, so that no code under test can take it for a disk that refuses. */
public final class PowerCut extends Error {
  public PowerCut() {
    super("power cut", null, false, false);
  }
}
