package org.ladang.telemetry.provider;

import java.time.Duration;
import java.time.Instant;

/** How far two rows are apart, and so how long a ring reaches. */
enum Step {
  /** Ten seconds, for 48 hours. */
  FINE(Duration.ofSeconds(10), "10s"),
  /** Five minutes, for 60 days. */
  COARSE(Duration.ofMinutes(5), "5m");

  private final long seconds;
  private final String suffix;

  Step(Duration length, String suffix) {
    this.seconds = length.toSeconds();
    this.suffix = suffix;
  }

  String suffix() {
    return suffix;
  }

  Duration length() {
    return Duration.ofSeconds(seconds);
  }

  /** The slot into which a moment falls. */
  long slot(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), seconds);
  }

  /** When a slot begins. */
  Instant start(long slot) {
    return Instant.ofEpochSecond(slot * seconds);
  }

  /** How far back its ring reaches. */
  Duration reach() {
    return Duration.ofSeconds(seconds * RingFile.SLOTS);
  }
}
