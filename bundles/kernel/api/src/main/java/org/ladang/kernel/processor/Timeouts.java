package org.ladang.kernel.processor;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h}. */
final class Timeouts {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final long LONGEST = TimeUnit.HOURS.toMillis(24);

  private Timeouts() {}

  /** Milliseconds from 1 to those of a day, or empty when the text is no such time. */
  static OptionalLong millis(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    TimeUnit unit =
        switch (matcher.group(2)) {
          case "ms" -> TimeUnit.MILLISECONDS;
          case "s" -> TimeUnit.SECONDS;
          case "m" -> TimeUnit.MINUTES;
          default -> TimeUnit.HOURS;
        };
    long millis = unit.toMillis(Long.parseLong(matcher.group(1)));
    return millis < 1 || millis > LONGEST ? OptionalLong.empty() : OptionalLong.of(millis);
  }
}
