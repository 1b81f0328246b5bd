package org.ladang.launcher;

import java.io.PrintStream;

/**
 * Standard output that keeps one line to itself while the framework stops. Felix EventAdmin interrupts its own threads
 * when it is stopped, and then warns that events may come out of order if one was just about to be delivered: to nobody,
 * since everybody has stopped. The log is gone by then, so it writes that to the terminal, where it would look like a
 * fault.
 */
final class StoppingOutput extends PrintStream {
  private static final String OF_NO_CONCERN = "EventAdmin: Event Task Processing Interrupted";

  private volatile boolean stopping;

  private StoppingOutput(PrintStream out) {
    super(out, true);
  }

  /**
   * Puts itself in front of standard output, for the whole process. Before the framework starts: Gogo replaces standard
   * output while it runs, and puts back what it found when it stops.
   */
  static StoppingOutput install() {
    StoppingOutput output = new StoppingOutput(System.out);
    System.setOut(output);
    return output;
  }

  /** From now on the line is left out. */
  void begin() {
    stopping = true;
  }

  @Override
  public void println(String line) {
    if (!stopping || line == null || !line.contains(OF_NO_CONCERN)) {
      super.println(line);
    }
  }
}
