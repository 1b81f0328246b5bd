package org.ladang.shard.provider;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.ladang.shard.Field;

/** Turns JSON-shaped values into what a typed column holds, and back; never bends a value to make it fit. */
final class Values {
  private static final int MAX_DIGITS = 100;
  private static final Instant EARLIEST = Instant.parse("-9999-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("+99999-01-01T00:00:00Z");

  private Values() {}

  /** The value as its column holds it: String, Long, Double, BigDecimal, Boolean or Instant. */
  static Object in(Field field, Object value) {
    return switch (field.type()) {
      case STRING -> value instanceof String s ? s : refuse(field, "text", value);
      case BOOLEAN -> value instanceof Boolean b ? b : refuse(field, "true or false", value);
      case LONG ->
          exact(value)
              .map(BigDecimal::stripTrailingZeros)
              .filter(d -> d.scale() <= 0 && d.precision() - d.scale() <= 19)
              .map(BigDecimal::toBigInteger)
              .filter(i -> i.bitLength() <= 63)
              .<Object>map(BigInteger::longValue)
              .orElseGet(() -> refuse(field, "a whole number of 64 bits", value));
      case DOUBLE ->
          value instanceof Number n && Double.isFinite(n.doubleValue())
              ? Double.valueOf(n.doubleValue())
              : refuse(field, "a finite number", value);
      case DECIMAL ->
          decimal(value)
              .filter(d -> d.precision() <= MAX_DIGITS && Math.abs((long) d.scale()) <= MAX_DIGITS)
              .<Object>map(d -> d)
              .orElseGet(() -> refuse(field, "a decimal number of up to 100 digits", value));
      case INSTANT ->
          instant(value)
              .filter(i -> i.isAfter(EARLIEST) && i.isBefore(LATEST))
              .<Object>map(i -> i)
              .orElseGet(() -> refuse(field, "a moment such as 2026-01-31T10:00:00Z", value));
    };
  }

  /** A column's value, JSON-shaped. */
  static Object out(Object stored) {
    if (stored instanceof BigDecimal decimal && decimal.scale() < 0) {
      // 1000 and not 1E+3.
      return decimal.setScale(0);
    }
    return stored instanceof Instant moment ? moment.toString() : stored;
  }

  private static Object refuse(Field field, String expected, Object value) {
    throw Refusals.wrongType(field.name(), expected, value);
  }

  private static Optional<BigDecimal> decimal(Object value) {
    if (value instanceof String text && text.length() <= 2 * MAX_DIGITS) {
      try {
        return Optional.of(new BigDecimal(text));
      } catch (NumberFormatException notANumber) {
        return Optional.empty();
      }
    }
    return exact(value);
  }

  private static Optional<BigDecimal> exact(Object value) {
    if (value instanceof BigDecimal d) {
      return Optional.of(d);
    }
    if (value instanceof Double || value instanceof Float) {
      double d = ((Number) value).doubleValue();
      return Double.isFinite(d) ? Optional.of(new BigDecimal(value.toString())) : Optional.empty();
    }
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger) {
      return Optional.of(new BigDecimal(value.toString()));
    }
    return Optional.empty();
  }

  private static Optional<Instant> instant(Object value) {
    if (value instanceof Instant moment) {
      return Optional.of(moment);
    }
    if (value instanceof String text) {
      try {
        return Optional.of(Instant.parse(text));
      } catch (DateTimeParseException notAMoment) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
