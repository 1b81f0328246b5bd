package org.ladang.plugin.bots;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Physical lines with their numbers, which can be given back. A line is cut at 100,000 characters. */
final class Lines {
  static final int MAX_LENGTH = 100_000;

  /** A line without its end. */
  record Line(long number, String text, boolean cut) {}

  private final Reader reader;
  private final Deque<Line> returned = new ArrayDeque<>();
  private long number;
  private int ahead = -2;

  Lines(Reader reader) {
    this.reader = reader;
  }

  Optional<Line> next() throws IOException {
    if (!returned.isEmpty()) {
      return Optional.of(returned.pop());
    }
    int c = read();
    if (c < 0) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    boolean cut = false;
    for (; c >= 0 && c != '\n' && c != '\r'; c = read()) {
      cut |= text.length() >= MAX_LENGTH;
      if (!cut) {
        text.append((char) c);
      }
    }
    if (c == '\r') {
      int after = read();
      ahead = after == '\n' ? -2 : after;
    }
    return Optional.of(new Line(++number, text.toString(), cut));
  }

  /** Gives lines back: they come again, in this order. */
  void giveBack(List<Line> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      returned.push(lines.get(i));
    }
  }

  /** The character that was read too early, or the next one. */
  private int read() throws IOException {
    if (ahead != -2) {
      int c = ahead;
      ahead = -2;
      return c;
    }
    return reader.read();
  }
}
