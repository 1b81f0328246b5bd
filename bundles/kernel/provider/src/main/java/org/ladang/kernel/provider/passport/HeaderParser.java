package org.ladang.kernel.provider.passport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the clauses of a manifest header (OSGi Core 8, section 3.2.4). */
final class HeaderParser {
  private final String text;
  private int at;

  private HeaderParser(String text) {
    this.text = text;
  }

  /**
   * All clauses of a header.
   *
   * @throws HeaderDamage when the text is none
   */
  static List<Clause> parse(String header) {
    HeaderParser parser = new HeaderParser(header);
    List<Clause> clauses = new ArrayList<>();
    do {
      clauses.add(parser.clause());
    } while (parser.take(','));
    if (parser.at < header.length()) {
      throw parser.damage("`" + header.charAt(parser.at) + "` is not expected");
    }
    return List.copyOf(clauses);
  }

  private Clause clause() {
    List<String> paths = new ArrayList<>();
    Map<String, String> attributes = new LinkedHashMap<>();
    Map<String, String> directives = new LinkedHashMap<>();
    do {
      String key = value(";,=:");
      if (take(':')) {
        if (take('=')) {
          put(directives, key, value(";,"));
        } else {
          value("="); // The attribute's type: all that we read is read as text.
          expectEquals();
          put(attributes, key, value(";,"));
        }
      } else if (take('=')) {
        put(attributes, key, value(";,"));
      } else if (attributes.isEmpty() && directives.isEmpty()) {
        paths.add(key);
      } else {
        throw damage("`" + key + "` has no value");
      }
    } while (take(';'));
    if (paths.isEmpty()) {
      throw damage("a clause begins with an attribute");
    }
    return new Clause(List.copyOf(paths), Map.copyOf(attributes), Map.copyOf(directives));
  }

  private void expectEquals() {
    if (!take('=')) {
      throw damage("`=` is missing");
    }
  }

  private void put(Map<String, String> values, String key, String value) {
    if (values.put(key, value) != null) {
      throw damage("`" + key + "` stands twice");
    }
  }

  /** A quoted string, or what comes before one of {@code ends}. */
  private String value(String ends) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String value = text.substring(start, at).strip();
    if (value.isEmpty()) {
      throw damage("something is missing");
    }
    return value;
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        skipSpace();
        return value.toString();
      }
      if (c == '\\' && at + 1 < text.length()) {
        c = text.charAt(++at);
      }
      value.append(c);
    }
    throw damage("a quotation is not closed");
  }

  private boolean take(char c) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private HeaderDamage damage(String what) {
    return new HeaderDamage(what + " at character " + (at + 1));
  }

  /** What is wrong with a header, as the rest of a sentence. */
  static final class HeaderDamage extends RuntimeException {
    HeaderDamage(String reason) {
      super(reason);
    }
  }
}
