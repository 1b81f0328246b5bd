package org.ladang.plugin.livestock;

import java.util.function.Consumer;

/** What happens when somebody presses a button. */
final class Presses {
  private final ItemTable items;
  private final BoardTable boards;
  private final Painter painter;
  private final Consumer<String> update;
  private final Runnable updateAll;

  /**
   * @param update has one board drawn anew
   * @param updateAll has all drawn anew
   */
  Presses(
      ItemTable items,
      BoardTable boards,
      Painter painter,
      Consumer<String> update,
      Runnable updateAll) {
    this.items = items;
    this.boards = boards;
    this.painter = painter;
    this.update = update;
    this.updateAll = updateAll;
  }

  /** Whether there is something to do for such a button. */
  static boolean knows(String button) {
    return button.equals("refresh")
        || button.matches("(buy|details):[0-9A-Z]{1,20}|page:-?[0-9]{1,6}");
  }

  /** Does it; returns what to tell whoever has pressed. */
  String press(String channel, String button, String user) {
    Board board = boards.board(channel);
    if (!knows(button)) {
      throw Refusals.noButton(button);
    }
    String what = button.substring(button.indexOf(':') + 1);
    if (button.startsWith("buy:")) {
      Item left = buy(what, 1);
      return user
          + " bought "
          + left.name()
          + " for £"
          + left.price().toPlainString()
          + "; "
          + left.stock()
          + " left.";
    }
    if (button.startsWith("details:")) {
      return StockView.details(items.item(what));
    }
    if (button.startsWith("page:")) {
      int page = Math.max(1, Math.min(Integer.parseInt(what), painter.pages()));
      boards.put(board.at(page));
      update.accept(channel);
      return "Page " + page + ".";
    }
    update.accept(channel);
    return "The board is drawn anew.";
  }

  /** Sells some, if there are so many. */
  Item buy(String code, int count) {
    Item left =
        items.change(
            code,
            item -> {
              if (item.stock() < count) {
                throw Refusals.soldOut(item, count);
              }
              return item.withStock(item.stock() - count);
            });
    updateAll.run();
    return left;
  }
}
