package org.ladang.plugin.livestock;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.felix.hc.api.Result;

/** Whether the view can be made, does something for each of its buttons, and is answered for in time. */
final class ViewCheck {
  static final Duration SLOW = Duration.ofSeconds(2);

  private final Supplier<Message> view;
  private final Supplier<List<Board>> boards;
  private final Tally tally;

  ViewCheck(Supplier<Message> view, Supplier<List<Board>> boards, Tally tally) {
    this.view = view;
    this.boards = boards;
    this.tally = tally;
  }

  Result result() {
    Message message;
    try {
      message = view.get();
      ButtonRules.check(message);
    } catch (RuntimeException e) {
      return new Result(Result.Status.CRITICAL, "The view cannot be made: " + e.getMessage(), e);
    }
    List<String> dead =
        message.buttons().stream().map(Button::id).filter(id -> !Presses.knows(id)).toList();
    if (!dead.isEmpty()) {
      return new Result(
          Result.Status.CRITICAL, "Nothing would happen for the buttons " + dead + ".");
    }
    List<Board> less =
        boards.get().stream()
            .filter(b -> b.mode() == Board.Mode.simplified || b.mode() == Board.Mode.unreachable)
            .toList();
    if (!less.isEmpty()) {
      Board first = less.get(0);
      return new Result(
          Result.Status.WARN,
          less.size()
              + (less.size() == 1 ? " board is" : " boards are")
              + " shown with less than all; the one in "
              + first.channel()
              + " is "
              + first.mode()
              + ": "
              + first.why());
    }
    Duration mean = tally.count(Tally.Kind.CREATE).plus(tally.count(Tally.Kind.UPDATE)).mean();
    return mean.compareTo(SLOW) > 0
        ? new Result(
            Result.Status.WARN,
            "The server of the boards takes " + mean.toMillis() + " ms for an answer, in the mean.")
        : new Result(
            Result.Status.OK,
            "The view has its "
                + message.buttons().size()
                + " buttons; answers take "
                + mean.toMillis()
                + " ms.");
  }
}
