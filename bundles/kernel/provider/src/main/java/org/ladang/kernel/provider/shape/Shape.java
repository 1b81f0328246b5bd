package org.ladang.kernel.provider.shape;

/**
 * Converts values of one Java type from and to their JSON shape ({@code Map}, {@code List}, {@code String}, {@code
 * Number}, {@code Boolean}, null). Compiled once by {@link Shapes}, used for every call: immutable, safe for any
 * thread, and it allocates little more than the result.
 */
public interface Shape {
  /**
   * The Java value of a JSON-shaped one.
   *
   * @throws Mismatch when it is not of this shape
   */
  Object fromJson(Object json);

  /**
   * The JSON-shaped value of a Java one, independent of it: changing one later does not change the other.
   *
   * @throws IllegalArgumentException when a value of an open type ({@code Object}) has no JSON shape
   */
  Object toJson(Object value);

  /** What is expected here, in words: {@code a string}. */
  String expected();

  /** The value where there is none in JSON; asked only of shapes that {@link #mayBeAbsent()}. */
  default Object absent() {
    return null;
  }

  /** Whether an argument or component of this shape may be left out. */
  default boolean mayBeAbsent() {
    return false;
  }
}
