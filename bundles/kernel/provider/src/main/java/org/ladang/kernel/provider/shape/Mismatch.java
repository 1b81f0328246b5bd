package org.ladang.kernel.provider.shape;

import java.util.List;
import org.ladang.kernel.LadangException;

/**
 * A JSON-shaped value that is not what was expected. The place is put together on the way out, so that values that fit
 * pay nothing for it; for the same reason there is no stack trace.
 */
public final class Mismatch extends RuntimeException {
  private enum Kind {
    MISSING,
    UNKNOWN,
    WRONG,
    REFUSED
  }

  private final Kind kind;
  private final String expected;
  private final String got;
  private final String place;

  private Mismatch(Kind kind, String expected, String got, String place) {
    super("must be " + expected + ", got " + got, null, false, false);
    this.kind = kind;
    this.expected = expected;
    this.got = got;
    this.place = place;
  }

  /** A value of another kind, or out of range. */
  static Mismatch wrong(String expected, Object got) {
    return new Mismatch(Kind.WRONG, expected, Words.of(got), "");
  }

  /** A list that should be a set. */
  static Mismatch twice(String expected) {
    return new Mismatch(Kind.WRONG, expected, "one that has something twice", "");
  }

  /** A value that its own type refused, with that type's reason. */
  static Mismatch refused(String expected, String reason) {
    return new Mismatch(Kind.REFUSED, expected, reason, "");
  }

  /** A value that is not there. */
  static Mismatch missing(String name, String expected) {
    return new Mismatch(Kind.MISSING, expected, "nothing", name);
  }

  /** A value that nobody asked for. */
  static Mismatch unknown(String name, List<String> known) {
    return new Mismatch(Kind.UNKNOWN, String.join(", ", known), name, name);
  }

  /** The same mismatch, seen from the property that contains it. */
  Mismatch under(String property) {
    String inner = place.isEmpty() || place.startsWith("[") ? place : "." + place;
    return new Mismatch(kind, expected, got, property + inner);
  }

  /** The same mismatch, seen from the list that contains it. */
  Mismatch at(int index) {
    return under("[" + index + "]");
  }

  /** The failure as the callers of an action see it: {@code LADANG-GATE-002}. */
  public LadangException of(String action) {
    String sentence =
        switch (kind) {
          case MISSING ->
              "Argument `" + place + "` of " + action + " is missing: it must be " + expected + ".";
          case UNKNOWN ->
              place.indexOf('.') < 0
                  ? action + " has no argument `" + place + "`."
                  : "Argument `" + place + "` of " + action + " is not known.";
          case WRONG ->
              "Argument `"
                  + place
                  + "` of "
                  + action
                  + " must be "
                  + expected
                  + ", got "
                  + got
                  + ".";
          case REFUSED -> "Argument `" + place + "` of " + action + " is refused: " + sentence(got);
        };
    LadangException failure =
        new LadangException("LADANG-GATE-002", sentence)
            .with("argument", place)
            .with("expected", expected)
            .with("got", got);
    if (kind == Kind.UNKNOWN) {
      return failure.next(expected.isEmpty() ? "It takes none." : "Known are " + expected + ".");
    }
    return failure;
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }
}
