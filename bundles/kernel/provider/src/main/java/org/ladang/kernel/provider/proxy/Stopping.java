package org.ladang.kernel.provider.proxy;

/** Whether the framework stops: nothing waits for a target any more. */
public final class Stopping {
  private volatile boolean now;

  /** Whether it stops. */
  public boolean now() {
    return now;
  }

  /** It stops. */
  public void begin() {
    now = true;
  }
}
