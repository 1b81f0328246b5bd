package org.ladang.config.provider;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ladang.config.Setting;

/** Turns what people and files give into the declared type, or says in a sentence why it cannot be. */
final class Coercion {
  /** How it went. */
  sealed interface Outcome {
    /** The value in its declared Java type, an array where there are many. */
    record Sound(Object typed) implements Outcome {}

    /** It cannot be. */
    record Unsound(String code, String sentence) implements Outcome {}
  }

  private Coercion() {}

  static Outcome coerce(String name, Setting setting, Object given) {
    if (!setting.many()) {
      return one(name, setting, given);
    }
    List<Object> typed = new ArrayList<>();
    for (Object item : items(given)) {
      Outcome outcome = one(name, setting, item);
      if (!(outcome instanceof Outcome.Sound sound)) {
        return outcome;
      }
      typed.add(sound.typed());
    }
    Object array = Array.newInstance(boxed(setting.type()), typed.size());
    for (int i = 0; i < typed.size(); i++) {
      Array.set(array, i, typed.get(i));
    }
    return new Outcome.Sound(array);
  }

  private static List<?> items(Object given) {
    if (given instanceof Collection<?> many) {
      return List.copyOf(many);
    }
    if (given instanceof String text) {
      return text.isBlank() ? List.of() : List.of(text.trim().split("\\s*,\\s*"));
    }
    return List.of(given);
  }

  private static Outcome one(String name, Setting setting, Object given) {
    String where = setting.key() + " of " + name;
    String got = setting.secret() ? "" : ", but got " + Canonical.text(given);
    if (given instanceof Collection<?> || given instanceof Map<?, ?>) {
      return new Outcome.Unsound(
          "LADANG-CONFIG-004", where + " must be " + words(setting.type()) + got + ".");
    }
    Object typed;
    try {
      typed = parse(setting.type(), given);
    } catch (IllegalArgumentException | ArithmeticException e) {
      return new Outcome.Unsound(
          "LADANG-CONFIG-004", where + " must be " + words(setting.type()) + got + ".");
    }
    String text = typed.toString();
    if (!setting.options().isEmpty()
        && setting.options().stream().noneMatch(o -> o.value().equals(text))) {
      String allowed =
          setting.options().stream().map(Setting.Option::value).collect(Collectors.joining(", "));
      return new Outcome.Unsound(
          "LADANG-CONFIG-005", where + " must be one of " + allowed + got + ".");
    }
    return bounds(setting, typed, where, got);
  }

  private static Outcome bounds(Setting setting, Object typed, String where, String got) {
    boolean lengths = setting.type() == Setting.Type.STRING;
    if (!lengths && !(typed instanceof Number)) {
      return new Outcome.Sound(typed);
    }
    BigDecimal size =
        lengths ? BigDecimal.valueOf(typed.toString().length()) : new BigDecimal(typed.toString());
    String unit = lengths ? " characters long" : "";
    if (setting.min().isPresent() && size.compareTo(new BigDecimal(setting.min().get())) < 0) {
      return new Outcome.Unsound(
          "LADANG-CONFIG-006",
          where + " must be at least " + setting.min().get() + unit + got + ".");
    }
    if (setting.max().isPresent() && size.compareTo(new BigDecimal(setting.max().get())) > 0) {
      return new Outcome.Unsound(
          "LADANG-CONFIG-006",
          where + " must be at most " + setting.max().get() + unit + got + ".");
    }
    return new Outcome.Sound(typed);
  }

  private static Object parse(Setting.Type type, Object given) {
    String text = type == Setting.Type.STRING ? given.toString() : given.toString().trim();
    return switch (type) {
      case STRING -> text;
      case BOOLEAN -> bool(text);
      case BYTE -> whole(text).byteValueExact();
      case SHORT -> whole(text).shortValueExact();
      case INTEGER -> whole(text).intValueExact();
      case LONG -> whole(text).longValueExact();
      case FLOAT -> finite(Float.parseFloat(text));
      case DOUBLE -> finite(Double.parseDouble(text));
      case CHARACTER -> character(given.toString());
    };
  }

  private static Boolean bool(String text) {
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw new IllegalArgumentException(text);
    };
  }

  /** Digits and a sign only: 1e3 is not how people write a whole number. */
  private static BigDecimal whole(String text) {
    if (!text.matches("[+-]?\\d{1,20}")) {
      throw new IllegalArgumentException(text);
    }
    return new BigDecimal(text);
  }

  private static Float finite(float number) {
    if (!Float.isFinite(number)) {
      throw new IllegalArgumentException("not finite");
    }
    return number;
  }

  private static Double finite(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("not finite");
    }
    return number;
  }

  private static Character character(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException(text);
    }
    return text.charAt(0);
  }

  private static Class<?> boxed(Setting.Type type) {
    return switch (type) {
      case STRING -> String.class;
      case BOOLEAN -> Boolean.class;
      case BYTE -> Byte.class;
      case SHORT -> Short.class;
      case INTEGER -> Integer.class;
      case LONG -> Long.class;
      case FLOAT -> Float.class;
      case DOUBLE -> Double.class;
      case CHARACTER -> Character.class;
    };
  }

  private static String words(Setting.Type type) {
    return switch (type) {
      case STRING -> "text";
      case BOOLEAN -> "true or false";
      case BYTE -> "a whole number from -128 to 127";
      case SHORT -> "a whole number from -32768 to 32767";
      case INTEGER -> "a whole number of 32 bits";
      case LONG -> "a whole number of 64 bits";
      case FLOAT, DOUBLE -> "a number";
      case CHARACTER -> "one character";
    };
  }
}
