package org.ladang.kernel.processor;

import java.io.IOException;
import java.util.List;
import javax.annotation.processing.Filer;
import javax.tools.StandardLocation;

/**
 * The list that an earlier compilation wrote, one component per line. Needed when a tool compiles only what changed:
 * the components it left out must stay in the list.
 */
final class FormerList {
  private static final String START = "{\"component\":\"";

  private FormerList() {}

  /** The component objects of the former list, without the commas between them; empty when there is none. */
  static List<String> read(Filer filer) {
    try {
      CharSequence text =
          filer
              .getResource(StandardLocation.CLASS_OUTPUT, "", ActionProcessor.PATH)
              .getCharContent(true);
      return text.toString()
          .lines()
          .filter(line -> line.startsWith(START))
          .map(line -> line.endsWith(",") ? line.substring(0, line.length() - 1) : line)
          .toList();
    } catch (IOException e) {
      // The compiler's file managers differ in how they say that a file is not there.
      return List.of();
    }
  }

  /** The component that a line is about. */
  static String component(String line) {
    return line.substring(START.length(), line.indexOf('"', START.length()));
  }
}
