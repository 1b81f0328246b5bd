package org.ladang.kernel.provider.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the thread that has not come back out of a class. */
final class StuckThread {
  private StuckThread() {}

  /** Which thread is inside one of these classes, and where, for a person to read. */
  static Optional<String> inside(List<String> classes) {
    for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
      for (StackTraceElement frame : entry.getValue()) {
        if (classes.contains(frame.getClassName())) {
          return Optional.of("thread " + entry.getKey().getName() + " is at " + frame);
        }
      }
    }
    return Optional.empty();
  }
}
