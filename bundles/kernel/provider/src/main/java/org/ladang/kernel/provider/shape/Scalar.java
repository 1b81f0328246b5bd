package org.ladang.kernel.provider.shape;

import java.util.function.Function;

/**
 * A value without parts, given by two functions.
 *
 * @param expected what it is, in words
 * @param read from JSON; null where it does not fit
 * @param write to JSON
 */
record Scalar(String expected, Function<Object, Object> read, Function<Object, Object> write)
    implements Shape {

  /** A value that is the same in Java and JSON. */
  static Scalar plain(String expected, Function<Object, Object> read) {
    return new Scalar(expected, read, value -> value);
  }

  /** A value that JSON knows as text. */
  static Scalar text(String expected, Function<Object, Object> read) {
    return new Scalar(expected, read, Object::toString);
  }

  @Override
  public Object fromJson(Object json) {
    Object value = json == null ? null : read.apply(json);
    if (value == null) {
      throw Mismatch.wrong(expected, json);
    }
    return value;
  }

  @Override
  public Object toJson(Object value) {
    return value == null ? null : write.apply(value);
  }
}
