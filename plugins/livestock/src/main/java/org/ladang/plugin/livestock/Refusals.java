package org.ladang.plugin.livestock;

import org.ladang.kernel.LadangException;

/** The sentences of the plugin; their codes stand in its README. */
final class Refusals {
  static final String SOLD_OUT = "LADANG-LIVESTOCK-002";

  private Refusals() {}

  static LadangException noItem(String code) {
    return new LadangException("LADANG-LIVESTOCK-001", "There is no item \"" + code + "\".")
        .next("livestock:stock shows which there are; livestock:load brings the sample.")
        .with("code", code);
  }

  static LadangException soldOut(Item item, int wanted) {
    return new LadangException(
            SOLD_OUT,
            item.soldOut()
                ? item.name() + " is sold out."
                : "There are only " + item.stock() + " of " + item.name() + ", not " + wanted + ".")
        .with("code", item.code())
        .with("stock", item.stock());
  }

  static LadangException badNumber(String what, int given, int least, int most) {
    return new LadangException(
        "LADANG-LIVESTOCK-003",
        "The " + what + " is " + given + "; it goes from " + least + " to " + most + ".");
  }

  static LadangException noBoard(String channel) {
    return new LadangException("LADANG-LIVESTOCK-004", "There is no board in \"" + channel + "\".")
        .next("livestock:open makes one.")
        .with("channel", channel);
  }

  static LadangException noButton(String button) {
    return new LadangException(
            "LADANG-LIVESTOCK-005", "There is no button \"" + button + "\" on a board.")
        .next("Buttons are buy:CODE, details:CODE, page:N and refresh.");
  }

  static LadangException badChannel(String channel) {
    return new LadangException(
        "LADANG-LIVESTOCK-006",
        "The channel \"" + channel + "\" is not good: it takes 1 to 64 of A-Z, a-z, 0-9, _ and -.");
  }

  static LadangException refused(int status, String detail) {
    return new LadangException(
            "LADANG-LIVESTOCK-010",
            "The server of the boards answers "
                + status
                + (detail.isEmpty() ? "" : ": " + detail)
                + ".")
        .with("status", status);
  }

  static LadangException unreachable(Exception e) {
    return new LadangException(
        "LADANG-LIVESTOCK-011",
        "The server of the boards cannot be reached: " + e.getClass().getSimpleName() + ".",
        e);
  }

  static LadangException otherButtons(int asked, long got) {
    return new LadangException(
        "LADANG-LIVESTOCK-012",
        "The board was to have " + asked + " buttons and got " + got + " of them.");
  }

  static LadangException notAMessage(Exception cause) {
    return new LadangException(
        "LADANG-LIVESTOCK-012", "What the server of the boards answers is no message.", cause);
  }

  static LadangException badButton(String why) {
    return new LadangException("LADANG-LIVESTOCK-013", "The buttons cannot be made: " + why);
  }
}
