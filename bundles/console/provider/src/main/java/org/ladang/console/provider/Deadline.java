package org.ladang.console.provider;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ladang.console.WebRequest;

/** How long the caller wants to wait: {@code Prefer: wait=5} (RFC 7240) or {@code X-Ladang-Timeout: 500ms}. */
final class Deadline {
  private static final Pattern WAIT =
      Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,6})\"?");
  private static final Pattern TIMEOUT = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)\\s*(ms|s|m)?");

  private Deadline() {}

  /**
   * The shorter of what the caller asks for and what the action allows; never longer than {@code most}.
   *
   * @throws Refused when {@code X-Ladang-Timeout} cannot be read; an odd {@code Prefer} is ignored, as its RFC wants
   */
  static Duration of(WebRequest request, Duration most) {
    Duration asked =
        request
            .header("x-ladang-timeout")
            .map(Deadline::timeout)
            .or(() -> request.header("prefer").flatMap(Deadline::preferred))
            .orElse(most);
    return asked.compareTo(most) < 0 ? asked : most;
  }

  private static Optional<Duration> preferred(String header) {
    Matcher matcher = WAIT.matcher(header.toLowerCase(Locale.ROOT));
    return matcher.find()
        ? Optional.of(Duration.ofSeconds(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  private static Duration timeout(String header) {
    Matcher matcher = TIMEOUT.matcher(header.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new Refused(
          new Problem(
              400,
              "LADANG-CONSOLE-034",
              "The header X-Ladang-Timeout cannot be read.",
              "Write 500ms, 5s, 1.5s or 2m; a number alone is seconds."));
    }
    String unit = Optional.ofNullable(matcher.group(2)).orElse("s");
    int millis =
        switch (unit) {
          case "ms" -> 1;
          case "m" -> 60_000;
          default -> 1000;
        };
    return Duration.ofMillis(
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(millis)).longValue());
  }
}
