package org.ladang.shell.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads RFC 8259 text by recursive descent. */
final class JsonReader {
  private static final int DEPTH = 64;

  private final String text;
  private int at;
  private int depth;

  JsonReader(String text) {
    this.text = text;
  }

  Map<String, Object> object() {
    blanks();
    expect('{');
    Map<String, Object> map = members();
    blanks();
    if (at < text.length()) {
      throw wrong("the end");
    }
    return map;
  }

  private Object value() {
    blanks();
    char c = peek();
    if (c == '{' || c == '[') {
      at++;
      depth++;
      if (depth > DEPTH) {
        throw new IllegalArgumentException("nested more than " + DEPTH + " deep");
      }
      Object nested = c == '{' ? members() : elements();
      depth--;
      return nested;
    }
    return switch (c) {
      case '"' -> string();
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      case 'n' -> literal("null", null);
      default -> number();
    };
  }

  private Map<String, Object> members() {
    Map<String, Object> map = new LinkedHashMap<>();
    blanks();
    if (skip('}')) {
      return map;
    }
    do {
      blanks();
      String key = string();
      blanks();
      expect(':');
      map.put(key, value());
      blanks();
    } while (skip(','));
    expect('}');
    return map;
  }

  private List<Object> elements() {
    List<Object> list = new ArrayList<>();
    blanks();
    if (skip(']')) {
      return list;
    }
    do {
      list.add(value());
      blanks();
    } while (skip(','));
    expect(']');
    return list;
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return out.toString();
      }
      if (c < ' ') {
        throw wrong("no control character in a string");
      }
      out.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(next(), 16);
          if (digit < 0) {
            throw wrong("four hexadecimal digits");
          }
          code = code * 16 + digit;
        }
        yield (char) code;
      }
      default -> throw wrong("an escape");
    };
  }

  private Object number() {
    int start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String number = text.substring(start, at);
    if (number.isEmpty() || number.startsWith("+") || number.startsWith(".")) {
      throw wrong("a value");
    }
    try {
      if (number.matches("-?\\d{1,18}")) {
        return Long.valueOf(number);
      }
      return Double.valueOf(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no number: " + number, e);
    }
  }

  private Object literal(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong("a value");
    }
    at += word.length();
    return value;
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw new IllegalArgumentException("it ends early");
    }
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private boolean skip(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!skip(c)) {
      throw wrong("'" + c + "'");
    }
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException("expected " + expected + " at character " + at);
  }
}
