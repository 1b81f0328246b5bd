package org.ladang.plugin.livestock;

import java.time.Instant;
import org.ladang.kernel.action.Arg;

/** A board in a channel. */
public record Board(
    @Arg("Where it is.") String channel,
    @Arg("The message that shows it; empty before it was shown.") String message,
    @Arg("The page that it shows, from 1.") int page,
    @Arg("How it is shown.") Mode mode,
    @Arg("Since when it is shown so.") Instant since,
    @Arg("Why it is shown with less than all; empty otherwise.") String why) {

  /** How a board is shown. The constants are written as they are stored. */
  public enum Mode {
    /** Not yet. */
    waiting,
    /** With its buttons. */
    full,
    /** Without buttons, which could not be made. */
    simplified,
    /** Not at all, or as it was: the server does not answer. */
    unreachable
  }

  Board at(int other) {
    return new Board(channel, message, other, mode, since, why);
  }

  /** The same as it is shown now. */
  Board shown(String id, Mode how, String because, Instant now) {
    return new Board(channel, id, page, how, how == mode ? since : now, because);
  }
}
