package org.ladang.plugin.livestock;

import java.util.List;

/**
 * What a board shows.
 *
 * @param text plain text
 * @param rows of buttons; none in simplified mode
 */
record Message(String text, List<List<Button>> rows) {
  Message {
    rows = rows.stream().map(List::copyOf).toList();
  }

  List<Button> buttons() {
    return rows.stream().flatMap(List::stream).toList();
  }

  /** The same without buttons, and with a word about why. */
  Message plain(String note) {
    return new Message(text + "\n" + note, List.of());
  }
}
