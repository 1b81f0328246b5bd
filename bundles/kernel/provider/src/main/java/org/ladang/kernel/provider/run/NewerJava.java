package org.ladang.kernel.provider.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ladang.kernel.LadangException;
import org.osgi.framework.Bundle;

/** Recognises classes that were compiled for a later Java than this one. */
final class NewerJava {
  private static final Pattern REFUSED =
      Pattern.compile(
          "([\\w./$]+) has been compiled by a more recent .*?class file version (\\d+)");

  /** Class files of Java 1.1 have the version 45. */
  private static final int BEFORE_FIRST = 44;

  private NewerJava() {}

  /** What is to be said when the JVM says so in a message or a stack trace. */
  static Optional<LadangException> in(Bundle bundle, String text, Throwable cause) {
    Matcher refused = REFUSED.matcher(text);
    if (!refused.find()) {
      return Optional.empty();
    }
    int java = Integer.parseInt(refused.group(2)) - BEFORE_FIRST;
    return Optional.of(
        new LadangException(
                "LADANG-SWAP-005",
                bundle.getSymbolicName()
                    + " "
                    + bundle.getVersion()
                    + " needs another Java version: its class "
                    + refused.group(1).replace('/', '.')
                    + " was compiled for Java "
                    + java
                    + ", this is Java "
                    + Runtime.version().feature()
                    + ".",
                cause)
            .next("Run Ladang on that Java, or build the bundle for this one.")
            .with("java", java));
  }
}
