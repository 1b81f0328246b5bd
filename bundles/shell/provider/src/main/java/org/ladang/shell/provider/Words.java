package org.ladang.shell.provider;

import java.util.ArrayList;
import java.util.List;
import org.ladang.kernel.LadangException;

/**
 * A line split into words.
 *
 * @param words the words without their quotes
 * @param open whether the line ends inside of the last word (or right after its first quote), not after a blank
 * @param quote the quote that is not closed; 0 when all are
 */
record Words(List<String> words, boolean open, char quote) {
  static Words of(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean open = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
        open = true;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        open = true;
      } else if (Character.isWhitespace(c)) {
        if (open) {
          words.add(word.toString());
          word.setLength(0);
          open = false;
        }
      } else {
        word.append(c);
        open = true;
      }
    }
    if (open) {
      words.add(word.toString());
    }
    return new Words(List.copyOf(words), open, quote);
  }

  /** The words, all of whose quotes must be closed. */
  List<String> closed() {
    if (quote != 0) {
      throw new LadangException("LADANG-SHELL-004", "A quote (" + quote + ") is not closed.")
          .next("Close it, or put a backslash before it.");
    }
    return words;
  }

  /** The word at the end of the line, which may be empty. */
  String last() {
    return open ? words.get(words.size() - 1) : "";
  }

  /** The words before {@link #last}. */
  List<String> before() {
    return open ? words.subList(0, words.size() - 1) : words;
  }
}
