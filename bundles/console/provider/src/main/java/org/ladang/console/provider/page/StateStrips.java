package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.attr;
import static org.ladang.console.provider.page.Html.cls;
import static org.ladang.console.provider.page.Html.tag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The states of breakers over time, as strips; made of the events that tell when they changed. */
final class StateStrips {
  private static final int WIDTH = 240;
  private static final int HEIGHT = 12;

  private record Change(Instant at, String from, String to) {}

  private final TimeRange range;
  private final List<Shape> events;

  /**
   * @param events of breakers, in any order
   */
  StateStrips(TimeRange range, List<Shape> events) {
    this.range = range;
    this.events = events;
  }

  /** The strip of one breaker; what is not known from events it was all the time. */
  Html of(String policy, String now) {
    List<Change> changes =
        events.stream()
            .filter(e -> e.text("subject").equals(policy) && range.holds(e.time("at")))
            .map(
                e ->
                    new Change(
                        e.time("at").orElseThrow(),
                        e.shape("details").text("from"),
                        e.shape("details").text("to")))
            .filter(c -> !c.to().isEmpty())
            .sorted(Comparator.comparing(Change::at))
            .toList();
    List<Html> parts = new ArrayList<>();
    List<String> words = new ArrayList<>();
    String state = changes.isEmpty() ? now : changes.get(0).from();
    Instant since = range.from();
    for (Change change : changes) {
      draw(parts, state, since, change.at());
      words.add(
          change.to().toLowerCase(Locale.ROOT).replace('_', ' ')
              + " "
              + Parts.timeText(change.at()));
      state = change.to();
      since = change.at();
    }
    draw(parts, state, since, range.to());
    String said =
        words.isEmpty()
            ? "all the time " + now.toLowerCase(Locale.ROOT).replace('_', ' ')
            : String.join(", ", words);
    return tag(
        "svg",
        cls("states"),
        attr("viewBox", "0 0 " + WIDTH + " " + HEIGHT),
        attr("role", "img"),
        attr("aria-label", policy + ": " + said),
        parts);
  }

  private void draw(List<Html> parts, String state, Instant from, Instant to) {
    double start = at(from);
    double end = at(to);
    if (end > start) {
      parts.add(
          tag(
              "rect",
              cls("breaker-" + state.toLowerCase(Locale.ROOT).replace('_', '-')),
              attr("x", String.format(Locale.ROOT, "%.2f", start)),
              attr("width", String.format(Locale.ROOT, "%.2f", Math.max(1, end - start))),
              attr("height", HEIGHT),
              tag("title", state)));
    }
  }

  private double at(Instant moment) {
    double span = Duration.between(range.from(), range.to()).toMillis();
    double gone = Duration.between(range.from(), moment).toMillis();
    return Math.max(0, Math.min(WIDTH, WIDTH * gone / Math.max(1, span)));
  }
}
