package org.ladang.kernel.provider.shape;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The shapes of types that have no parts. */
final class Scalars {
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");
  private static final Map<Class<?>, Shape> ALL = all();

  private Scalars() {}

  /** The shape of a type without parts, or null when it is no such type. */
  static Shape of(Class<?> type) {
    return type.isEnum() ? enumeration(type) : ALL.get(type);
  }

  private static Map<Class<?>, Shape> all() {
    Map<Class<?>, Shape> all = new HashMap<>();
    Shape bool = Scalar.plain("true or false", Scalars::bool);
    Shape character = Scalar.text("a single character", Scalars::character);
    Shape byteShape = Numbers.integral(Byte.MIN_VALUE, Byte.MAX_VALUE, n -> (byte) n);
    Shape shortShape = Numbers.integral(Short.MIN_VALUE, Short.MAX_VALUE, n -> (short) n);
    Shape intShape = Numbers.integral(Integer.MIN_VALUE, Integer.MAX_VALUE, n -> (int) n);
    Shape longShape = Numbers.integral(Long.MIN_VALUE, Long.MAX_VALUE, n -> n);
    Shape floatShape = Numbers.floating("a number", Float.MAX_VALUE, n -> (float) (double) n);
    Shape doubleShape = Numbers.floating("a number", Double.MAX_VALUE, n -> n);
    all.put(boolean.class, bool);
    all.put(Boolean.class, bool);
    all.put(char.class, character);
    all.put(Character.class, character);
    all.put(byte.class, byteShape);
    all.put(Byte.class, byteShape);
    all.put(short.class, shortShape);
    all.put(Short.class, shortShape);
    all.put(int.class, intShape);
    all.put(Integer.class, intShape);
    all.put(long.class, longShape);
    all.put(Long.class, longShape);
    all.put(float.class, floatShape);
    all.put(Float.class, floatShape);
    all.put(double.class, doubleShape);
    all.put(Double.class, doubleShape);
    all.put(BigDecimal.class, Numbers.decimal());
    all.put(String.class, Scalar.plain("a string", json -> json instanceof String ? json : null));
    all.put(
        Instant.class,
        Scalar.text("a date and time such as 2026-01-31T12:00:00Z", Scalars::instant));
    all.put(
        Duration.class, Scalar.text("a duration such as PT10S, 10s or 500ms", Scalars::duration));
    all.put(Object.class, Any.SHAPE);
    return Map.copyOf(all);
  }

  private static Object bool(Object json) {
    if (json instanceof Boolean) {
      return json;
    }
    if (json instanceof String text) {
      return text.equalsIgnoreCase("true")
          ? Boolean.TRUE
          : text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
    }
    return null;
  }

  private static Object character(Object json) {
    return json instanceof String text && text.length() == 1 ? (Object) text.charAt(0) : null;
  }

  private static Object instant(Object json) {
    try {
      return json instanceof String text
          ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from)
          : null;
    } catch (DateTimeException e) {
      return null; // Not a time: the caller says so.
    }
  }

  private static Object duration(Object json) {
    if (!(json instanceof String text)) {
      return null;
    }
    Matcher matcher = SHORT_DURATION.matcher(text);
    try {
      if (!matcher.matches()) {
        return Duration.parse(text);
      }
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    } catch (DateTimeException | ArithmeticException e) {
      return null; // Not a duration, or longer than one can be: the caller says so.
    }
  }

  private static Shape enumeration(Class<?> type) {
    Map<String, Object> exact = new HashMap<>();
    Map<String, Object> folded = new HashMap<>();
    for (Object constant : type.getEnumConstants()) {
      String name = ((Enum<?>) constant).name();
      exact.put(name, constant);
      folded.put(name.toUpperCase(Locale.ROOT), constant);
    }
    String expected =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> ((Enum<?>) constant).name())
            .collect(Collectors.joining(", ", "one of ", ""));
    return new Scalar(
        expected,
        json -> {
          if (!(json instanceof String text)) {
            return null;
          }
          Object constant = exact.get(text);
          return constant != null ? constant : folded.get(text.toUpperCase(Locale.ROOT));
        },
        constant -> ((Enum<?>) constant).name());
  }
}
