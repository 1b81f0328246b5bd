package org.ladang.kernel.provider.passport;

import org.ladang.kernel.LadangException;

/** Says why a jar is not taken, always with its name and what to do. */
record Refused(String jar) {

  /**
   * @param number of the code {@code LADANG-JAR-...}
   * @param rest the rest of a sentence that begins with the file's name
   */
  LadangException because(int number, String rest, String next, Exception cause) {
    return new LadangException(
            String.format("LADANG-JAR-%03d", number), "The file " + jar + " " + rest + ".", cause)
        .next(next)
        .with("file", jar);
  }

  LadangException because(int number, String rest, String next) {
    return because(number, rest, next, null);
  }
}
