package org.ladang.kernel.provider.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * Starts or stops a bundle on a thread of its own, so that code that never returns costs a thread and a sentence, not
 * the runtime.
 */
final class StartAttempt {
  private final Thread thread;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile Throwable failure;

  private StartAttempt(String verb, Bundle bundle, Step step) {
    thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (BundleException | RuntimeException | LinkageError e) {
                failure = e;
              } finally {
                done.countDown();
              }
            },
            "ladang-" + verb + "-" + bundle.getSymbolicName());
    thread.setDaemon(true);
    thread.start();
  }

  private interface Step {
    void run() throws BundleException;
  }

  static StartAttempt start(Bundle bundle) {
    return new StartAttempt("start", bundle, () -> bundle.start(Bundle.START_TRANSIENT));
  }

  static StartAttempt stop(Bundle bundle) {
    return new StartAttempt("stop", bundle, () -> bundle.stop(Bundle.STOP_TRANSIENT));
  }

  static StartAttempt uninstall(Bundle bundle) {
    return new StartAttempt("uninstall", bundle, bundle::uninstall);
  }

  /** Waits for the end; false when the deadline passed first. */
  boolean await(Duration deadline) {
    try {
      return done.await(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What was thrown; null when nothing was, or it has not ended. */
  Throwable failure() {
    return failure;
  }

  /** Where the thread is, for a person to read. */
  String where() {
    StackTraceElement[] frames = thread.getStackTrace();
    for (StackTraceElement frame : frames) {
      String type = frame.getClassName();
      boolean plumbing =
          type.startsWith("java.")
              || type.startsWith("jdk.")
              || type.startsWith("sun.")
              || type.startsWith("org.apache.felix.");
      if (!plumbing) {
        return "thread " + thread.getName() + " at " + frame;
      }
    }
    return "thread " + thread.getName();
  }
}
