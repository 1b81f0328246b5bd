package org.ladang.breaker;

/**
 * The path on which an answer came.
 *
 * @param kind which
 * @param retries how often the call was tried again before
 * @param name of the fallback or degraded answer; empty otherwise
 */
public record Way(Kind kind, int retries, String name) {
  /** The first attempt succeeded. */
  public static final Way PRIMARY = new Way(Kind.PRIMARY, 0, "");

  /** The paths. */
  public enum Kind {
    /** The call itself, at the first attempt. */
    PRIMARY,
    /** The call itself, tried again. */
    RETRY,
    /** Somebody else. */
    FALLBACK,
    /** An answer that is less than what was asked for. */
    DEGRADED
  }

  /** For people: {@code PRIMARY}, {@code RETRY 2}, {@code FALLBACK cache}, {@code DEGRADED plain}. */
  @Override
  public String toString() {
    return switch (kind) {
      case PRIMARY -> "PRIMARY";
      case RETRY -> "RETRY " + retries;
      default -> kind + " " + name;
    };
  }
}
