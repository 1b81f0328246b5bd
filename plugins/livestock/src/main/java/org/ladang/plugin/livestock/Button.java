package org.ladang.plugin.livestock;

/**
 * A button of a message.
 *
 * @param id told to us when it is pressed
 * @param label what stands on it
 * @param style how it looks
 * @param disabled whether it cannot be pressed
 */
record Button(String id, String label, Style style, boolean disabled) {
  /** How a button looks; the numbers are those of Discord's message components. */
  enum Style {
    PRIMARY(1),
    SECONDARY(2),
    SUCCESS(3);

    final int number;

    Style(int number) {
      this.number = number;
    }
  }
}
