package org.ladang.kernel.provider.shape;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Function;
import java.util.function.LongFunction;

/** Shapes of numbers. Doors that know only text may pass it where it reads cleanly as a number. */
final class Numbers {
  /** Longer or wider ones cost more to compute with than a caller may ask for. */
  private static final int LONGEST_DECIMAL = 400;

  private Numbers() {}

  static Shape integral(long least, long most, LongFunction<Object> box) {
    return Scalar.plain(
        "a whole number from " + least + " to " + most,
        json -> {
          Long whole = whole(json);
          return whole == null || whole < least || whole > most ? null : box.apply(whole);
        });
  }

  static Shape floating(String expected, double most, Function<Double, Object> box) {
    return Scalar.plain(
        expected,
        json -> {
          Double number = number(json);
          return number != null && Math.abs(number) <= most ? box.apply(number) : null;
        });
  }

  static Shape decimal() {
    return Scalar.plain("a number", Numbers::decimal);
  }

  private static Long whole(Object json) {
    if (json instanceof Integer
        || json instanceof Long
        || json instanceof Short
        || json instanceof Byte) {
      return ((Number) json).longValue();
    }
    try {
      if (json instanceof String text) {
        return Long.valueOf(text);
      }
      if (json instanceof Double || json instanceof Float) {
        double number = ((Number) json).doubleValue();
        long whole = (long) number;
        return whole == number && Math.abs(number) < 0x1p63 ? (Long) whole : null;
      }
      if (json instanceof BigInteger big) {
        return big.longValueExact();
      }
      return json instanceof BigDecimal big ? (Long) big.longValueExact() : null;
    } catch (NumberFormatException | ArithmeticException e) {
      return null; // Not a number, not whole, or beyond 64 bits: the caller says so.
    }
  }

  private static Double number(Object json) {
    if (json instanceof Number number) {
      return number.doubleValue();
    }
    Object decimal = json instanceof String ? decimal(json) : null;
    return decimal == null ? null : (Double) ((BigDecimal) decimal).doubleValue();
  }

  private static Object decimal(Object json) {
    try {
      if (json instanceof BigDecimal big) {
        return bounded(big);
      }
      if (json instanceof Double || json instanceof Float) {
        return BigDecimal.valueOf(((Number) json).doubleValue());
      }
      if (json instanceof BigInteger big) {
        return bounded(new BigDecimal(big));
      }
      if (json instanceof Number number) {
        return BigDecimal.valueOf(number.longValue());
      }
      return json instanceof String text && text.length() <= LONGEST_DECIMAL
          ? bounded(new BigDecimal(text))
          : null;
    } catch (NumberFormatException e) {
      return null; // Not a number, or not a finite one: the caller says so.
    }
  }

  private static BigDecimal bounded(BigDecimal number) {
    return Math.abs((long) number.scale()) <= LONGEST_DECIMAL
            && number.precision() <= LONGEST_DECIMAL
        ? number
        : null;
  }
}
