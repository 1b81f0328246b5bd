package org.ladang.plugin.livestock;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a server of the boards asks of buttons; checked before it is asked. The numbers are those of Discord. */
final class ButtonRules {
  static final int ROWS = 5;
  static final int PER_ROW = 5;
  static final int LABEL = 80;
  static final int ID = 100;
  static final int TEXT = 2_000;

  private ButtonRules() {}

  /**
   * Checks a message.
   *
   * @throws org.ladang.kernel.LadangException {@code LADANG-LIVESTOCK-013} with what is wrong
   */
  static void check(Message message) {
    if (message.text().isBlank() || message.text().length() > TEXT) {
      throw Refusals.badButton(
          "the text above them has "
              + message.text().length()
              + " characters, 1 to "
              + TEXT
              + " are right.");
    }
    if (message.rows().size() > ROWS) {
      throw Refusals.badButton(
          "there are " + message.rows().size() + " rows, more than " + ROWS + ".");
    }
    Set<String> ids = new HashSet<>();
    for (List<Button> row : message.rows()) {
      if (row.isEmpty() || row.size() > PER_ROW) {
        throw Refusals.badButton("a row has " + row.size() + ", 1 to " + PER_ROW + " are right.");
      }
      for (Button button : row) {
        check(button);
        if (!ids.add(button.id())) {
          throw Refusals.badButton("there are two of the id " + button.id() + ".");
        }
      }
    }
  }

  private static void check(Button button) {
    if (button.label().isBlank() || button.label().length() > LABEL) {
      throw Refusals.badButton(
          "the label of "
              + button.id()
              + " has "
              + button.label().length()
              + " characters, 1 to "
              + LABEL
              + " are right.");
    }
    if (button.id().isBlank() || button.id().length() > ID) {
      throw Refusals.badButton(
          "an id has " + button.id().length() + " characters, 1 to " + ID + " are right.");
    }
  }
}
