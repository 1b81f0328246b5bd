package org.ladang.launcher;

import java.io.PrintStream;

/**
 * Standard output while the framework stops. Felix EventAdmin interrupts its own threads when it is stopped, and then
 * warns that events may come out of order if one was just about to be delivered: to nobody, since everybody has stopped.
 * The log is gone by then, so it writes that to the terminal, where it would look like a fault. That line is left out.
 */
final class StoppingOutput extends PrintStream {
  private static final String OF_NO_CONCERN = "EventAdmin: Event Task Processing Interrupted";

  private StoppingOutput(PrintStream out) {
    super(out, true);
  }

  /** From now on, for the whole process. */
  static void begin() {
    System.setOut(new StoppingOutput(System.out));
  }

  @Override
  public void println(String line) {
    if (line == null || !line.contains(OF_NO_CONCERN)) {
      super.println(line);
    }
  }
}
