package org.ladang.kernel.provider.proxy;

/** Wakes whoever waits for something among bundles, components and services to change. */
public final class Pulse {
  private long beats;

  /** Something changed. */
  public synchronized void beat() {
    beats++;
    notifyAll();
  }

  /** How often something has changed so far. */
  public synchronized long beats() {
    return beats;
  }

  /** Waits until there have been more than {@code seen} beats, or for so long. */
  public synchronized void await(long seen, long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (beats <= seen) {
      long rest = (end - System.nanoTime()) / 1_000_000;
      if (rest <= 0) {
        return;
      }
      wait(rest);
    }
  }
}
