package org.ladang.launcher;

/** Why the launcher does not do what it was asked: a sentence for people and an exit code for programs. */
final class Refusal extends RuntimeException {
  /** Wrong usage or environment. */
  static final int USAGE = 2;

  /** Another process holds the home. */
  static final int IN_USE = 3;

  /** The base did not start. */
  static final int NOT_STARTED = 4;

  /** The framework did not stop in time. */
  static final int STUCK = 5;

  private final int exitCode;

  Refusal(int exitCode, String code, String sentence) {
    super(sentence + " [" + code + "]", null, false, false);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
