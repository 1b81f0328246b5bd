package org.ladang.deploy.provider;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Stack traces as text, for the end of a reason file. */
final class Traces {
  private static final int LONGEST = 20_000;

  private Traces() {}

  static String of(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.getBuffer().length() > LONGEST
        ? text.getBuffer().substring(0, LONGEST) + "\n…"
        : text.toString();
  }
}
