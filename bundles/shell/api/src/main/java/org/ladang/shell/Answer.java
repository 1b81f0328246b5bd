package org.ladang.shell;

import java.util.Objects;

/**
 * What a command led to.
 *
 * @param exit how it ended
 * @param text what to show, without a final line break; a result, a question or the reason of a failure
 */
public record Answer(Exit exit, String text) {

  public Answer {
    Objects.requireNonNull(exit, "exit");
    Objects.requireNonNull(text, "text");
  }

  /** How a command ended; the code is what a process exits with. */
  public enum Exit {
    /** It was done. */
    OK(0),
    /** It was refused or failed; the text says why. */
    FAILED(1),
    /** There is no such command, or an argument is missing, unknown or wrong. */
    USAGE(2),
    /** The caller may not. */
    FORBIDDEN(3),
    /** It did not end in time; it may still have an effect. */
    DEADLINE(4),
    /** The runtime cannot be reached. */
    UNREACHABLE(5),
    /** Nothing was done yet: the text is a question, and yes means to run the request confirmed. */
    CONFIRM(6);

    private final int code;

    Exit(int code) {
      this.code = code;
    }

    /** The process's exit code. */
    public int code() {
      return code;
    }
  }

  /** Whether it was done. */
  public boolean ok() {
    return exit == Exit.OK;
  }
}
