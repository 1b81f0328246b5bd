package org.ladang.plugin.livestock;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a page of items as a message with buttons. Pure. */
final class StockView {
  /** One row each, and one for the pages. */
  static final int PER_PAGE = 4;

  private static final int NAME = 40;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private StockView() {}

  /**
   * A page.
   *
   * @param number from 1
   * @param pages how many there are
   */
  static Message page(List<Item> items, int number, int pages) {
    StringBuilder text = new StringBuilder("Stock, page " + number + " of " + pages);
    List<List<Button>> rows = new ArrayList<>();
    for (Item item : items) {
      text.append('\n').append(line(item));
      rows.add(
          List.of(
              new Button(
                  "buy:" + item.code(),
                  "Buy " + cut(item.name()),
                  Button.Style.SUCCESS,
                  item.soldOut()),
              new Button(
                  "details:" + item.code(),
                  "Details " + item.code(),
                  Button.Style.SECONDARY,
                  false)));
    }
    if (items.isEmpty()) {
      text.append("\nThere is nothing for sale.");
    }
    rows.add(
        List.of(
            turn(number - 1, "Back", number <= 1),
            new Button("refresh", "Refresh", Button.Style.PRIMARY, false),
            turn(number + 1, "Next", number >= pages)));
    return new Message(text.toString(), rows);
  }

  private static Button turn(int to, String label, boolean disabled) {
    return new Button("page:" + to, label, Button.Style.SECONDARY, disabled);
  }

  private static String line(Item item) {
    return item.code()
        + "  "
        + cut(item.name())
        + "  £"
        + item.price().toPlainString()
        + "  "
        + (item.soldOut() ? "sold out" : item.stock() + " left");
  }

  /** What is shown to whoever asks for details. */
  static String details(Item item) {
    return item.name() + " (" + item.code() + ")\n" + line(item);
  }

  /** Stands below a board without buttons. */
  static String simplified(Instant since) {
    return "(Buttons cannot be shown since "
        + TIME.format(since)
        + " UTC; livestock:buy CODE buys.)";
  }

  private static String cut(String name) {
    return name.length() <= NAME ? name : name.substring(0, NAME - 1) + "…";
  }
}
