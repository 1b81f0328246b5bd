package org.ladang.console.provider.page;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Durations as people say them. */
final class Durations {
  private Durations() {}

  /** {@code PT26H3M4S} as {@code 1 d 2 h 3 min}; what is no duration stays what it is. */
  static String words(String iso) {
    Duration duration;
    try {
      duration = Duration.parse(iso);
    } catch (DateTimeParseException other) {
      return iso;
    }
    if (duration.toDays() > 0) {
      return duration.toDays() + " d " + duration.toHoursPart() + " h";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : millis(duration) + " ms";
  }

  private static String millis(Duration duration) {
    double millis = duration.toNanos() / 1_000_000.0;
    return millis >= 10 || millis == 0
        ? String.valueOf(Math.round(millis))
        : String.format(java.util.Locale.ROOT, "%.2f", millis);
  }
}
