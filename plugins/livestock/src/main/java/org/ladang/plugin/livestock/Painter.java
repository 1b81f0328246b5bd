package org.ladang.plugin.livestock;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.ladang.breaker.Policies;
import org.ladang.breaker.Request;
import org.ladang.breaker.Served;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a board: with its buttons, without them when they cannot be made, and with them again as soon as they can. */
final class Painter {
  private static final Logger LOG = LoggerFactory.getLogger(Painter.class);
  private static final int GONE = 404;

  private final ItemTable items;
  private final BoardTable boards;
  private final BoardClient client;
  private final Policies policies;
  private final Tally tally;
  private final Clock clock;
  private final Events events;

  Painter(
      ItemTable items,
      BoardTable boards,
      BoardClient client,
      Policies policies,
      Tally tally,
      Clock clock,
      Events events) {
    this.items = items;
    this.boards = boards;
    this.client = client;
    this.policies = policies;
    this.tally = tally;
    this.clock = clock;
    this.events = events;
  }

  /** What a board is to show now, with all its buttons. */
  Message message(Board board) {
    int pages = pages();
    int page = Math.max(1, Math.min(board.page(), pages));
    return StockView.page(
        items.items((page - 1) * StockView.PER_PAGE, StockView.PER_PAGE), page, pages);
  }

  int pages() {
    return Math.max(1, (items.codes().size() + StockView.PER_PAGE - 1) / StockView.PER_PAGE);
  }

  /** Shows a board as it is now; how that went is noted with it. Does not throw. */
  void paint(String channel) {
    try {
      Optional<Board> board = boards.find(channel);
      if (board.isPresent()) {
        paint(board.get());
      }
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("channel", channel).setCause(e).log("A board could not be drawn");
    }
  }

  private void paint(Board board) {
    Message full = message(board);
    String nonce = UUID.randomUUID().toString().substring(0, 25);
    AtomicInteger attempts = new AtomicInteger();
    Board shown;
    try {
      Served<String> served =
          policies.execute(
              BoardPolicies.BUTTONS,
              Request.idempotent(
                      () -> {
                        attempts.incrementAndGet();
                        ButtonRules.check(full);
                        return send(board, full, nonce);
                      })
                  .simplified("without buttons", error -> plain(board, full)));
      shown =
          served.degraded()
              ? board.shown(
                  served.result(), Board.Mode.simplified, why(served.firstError()), clock.now())
              : board.shown(served.result(), Board.Mode.full, "", clock.now());
    } catch (Exception e) {
      shown =
          board.shown(board.message(), Board.Mode.unreachable, why(Optional.of(e)), clock.now());
    }
    tally.retried(Math.max(0, attempts.get() - 1));
    note(board, shown, full.buttons().size());
  }

  private String plain(Board board, Message full) throws Exception {
    Message plain =
        full.plain(
            StockView.simplified(
                board.mode() == Board.Mode.simplified ? board.since() : clock.now()));
    String nonce = UUID.randomUUID().toString().substring(0, 25);
    return policies.policy(BoardPolicies.PLAIN).call(() -> send(board, plain, nonce));
  }

  /** Creates the message or changes it; one that somebody deleted is created anew. */
  private String send(Board board, Message message, String nonce) {
    if (!board.message().isEmpty()) {
      try {
        timed(
            Tally.Kind.UPDATE,
            () -> {
              client.edit(board.channel(), board.message(), message);
              return board.message();
            });
        return board.message();
      } catch (LadangException e) {
        if (!Integer.valueOf(GONE).equals(e.details().get("status"))) {
          throw e;
        }
      }
    }
    return timed(Tally.Kind.CREATE, () -> client.create(board.channel(), message, nonce));
  }

  private interface Call {
    String run();
  }

  private String timed(Tally.Kind kind, Call call) {
    long start = clock.nanos();
    boolean good = false;
    try {
      String id = call.run();
      good = true;
      return id;
    } finally {
      tally.asked(kind, good, clock.nanos() - start);
    }
  }

  private void note(Board before, Board after, int buttons) {
    boolean moved = before.mode() != after.mode();
    if (moved || !before.message().equals(after.message()) || !before.why().equals(after.why())) {
      // Only what was shown: the page may have been turned meanwhile.
      boards.find(before.channel()).ifPresent(now -> boards.put(after.at(now.page())));
    }
    if (after.mode() == Board.Mode.full && (moved || !before.message().equals(after.message()))) {
      events.publish(
          Event.Severity.INFO,
          "livestock.button_created",
          after.channel(),
          "The board in " + after.channel() + " has its " + buttons + " buttons.",
          Map.of("buttons", buttons, "message", after.message()));
    } else if (after.mode() != Board.Mode.full && (moved || !before.why().equals(after.why()))) {
      events.publish(
          Event.Severity.WARNING,
          "livestock.button_failed",
          after.channel(),
          "The board in "
              + after.channel()
              + (after.mode() == Board.Mode.simplified
                  ? " is shown without buttons: "
                  : " cannot be shown: ")
              + after.why(),
          Map.of("mode", after.mode().name()));
    }
  }

  private static String why(Optional<Throwable> error) {
    return error
        .map(e -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
        .orElse("");
  }
}
