package org.ladang.health;

import java.util.Locale;

/** How well something is, in one word; the later, the worse. */
public enum Word {
  /** As intended. Felix Health Checks: {@code OK}. */
  HEALTHY,
  /** Works, but not as intended, or will soon. Felix: {@code WARN}, {@code TEMPORARILY_UNAVAILABLE}. */
  DEGRADED,
  /** Does not work. Felix: {@code CRITICAL}, {@code HEALTH_CHECK_ERROR}. */
  UNHEALTHY;

  /** The worse of the two. */
  public Word and(Word other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** As people write it: {@code healthy}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
