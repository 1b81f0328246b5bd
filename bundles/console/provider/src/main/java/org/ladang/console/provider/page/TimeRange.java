package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.attr;
import static org.ladang.console.provider.page.Html.cls;
import static org.ladang.console.provider.page.Html.flag;
import static org.ladang.console.provider.page.Html.nothing;
import static org.ladang.console.provider.page.Html.tag;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The time that a page looks at, chosen by one picker for all of it: the last hours, which move along, or two moments,
 * which stay.
 *
 * @param from the first moment
 * @param to the last
 * @param last the chosen hours; empty where two moments were
 */
record TimeRange(Instant from, Instant to, String last) {
  private static final Map<String, Duration> CHOICES = choices();

  private static Map<String, Duration> choices() {
    Map<String, Duration> choices = new LinkedHashMap<>();
    choices.put("15m", Duration.ofMinutes(15));
    choices.put("1h", Duration.ofHours(1));
    choices.put("6h", Duration.ofHours(6));
    choices.put("24h", Duration.ofHours(24));
    choices.put("7d", Duration.ofDays(7));
    choices.put("60d", Duration.ofDays(60));
    return choices;
  }

  static TimeRange of(Visit visit) {
    Optional<Instant> from = visit.parameter("from").flatMap(TimeRange::moment);
    Optional<Instant> to = visit.parameter("to").flatMap(TimeRange::moment);
    if (from.isPresent() && to.isPresent() && from.get().isBefore(to.get())) {
      return new TimeRange(from.get(), to.get(), "");
    }
    String last = visit.parameter("last").filter(CHOICES::containsKey).orElse("1h");
    return new TimeRange(visit.now().minus(CHOICES.get(last)), visit.now(), last);
  }

  /** Moments are UTC, as they are shown. */
  private static Optional<Instant> moment(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException other) {
      return Optional.empty();
    }
  }

  boolean holds(Optional<Instant> at) {
    return at.isPresent() && !at.get().isBefore(from) && !at.get().isAfter(to);
  }

  Html picker(String address) {
    List<Html> choices = new ArrayList<>();
    for (String choice : CHOICES.keySet()) {
      choices.add(
          tag(
              "a",
              attr("href", address + "?last=" + choice),
              choice.equals(last) ? attr("aria-current", "true") : nothing(),
              "Last " + choice));
    }
    return tag(
        "form",
        cls("picker"),
        attr("method", "get"),
        attr("action", address),
        attr("aria-label", "Time"),
        tag("span", cls("choices"), choices),
        tag("label", "From (UTC) ", input("from", from)),
        tag("label", "to ", input("to", to)),
        tag("button", attr("type", "submit"), "Show"));
  }

  private static Html input(String name, Instant at) {
    return tag(
        "input",
        attr("type", "datetime-local"),
        attr("name", name),
        attr("step", 1),
        flag("required", true),
        attr(
            "value",
            at.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC).toLocalDateTime()));
  }
}
