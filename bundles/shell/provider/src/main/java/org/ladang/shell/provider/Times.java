package org.ladang.shell.provider;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points in time and durations, which come as ISO 8601 text, as people read them. */
final class Times {
  private static final Pattern INSTANT =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)\\.\\d+Z");
  private static final Pattern DURATION =
      Pattern.compile("PT(?=.)(?:\\d{1,9}H)?(?:\\d{1,9}M)?(?:\\d{1,9}(?:\\.\\d{1,9})?S)?");

  private Times() {}

  static boolean matches(String text) {
    return INSTANT.matcher(text).matches() || DURATION.matcher(text).matches();
  }

  /** Whole seconds of an instant, which can still be typed back; a duration in its two largest units. */
  static String text(String iso) {
    Matcher instant = INSTANT.matcher(iso);
    if (instant.matches()) {
      return instant.group(1) + "Z";
    }
    try {
      return text(Duration.parse(iso));
    } catch (DateTimeParseException | ArithmeticException e) {
      return iso;
    }
  }

  private static String text(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    if (millis < 1_000) {
      return trimmed(millis) + " ms";
    }
    if (millis < 60_000) {
      return trimmed(millis / 1_000) + " s";
    }
    long days = duration.toDays();
    if (days > 0) {
      return days + " d " + duration.toHoursPart() + " h";
    }
    long hours = duration.toHours();
    return hours > 0
        ? hours + " h " + duration.toMinutesPart() + " min"
        : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
  }

  private static String trimmed(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceFirst("\\.?0+$", "");
  }
}
