package org.ladang.health;

import java.time.Instant;
import java.util.List;

/**
 * How all is.
 *
 * @param word the worst of all results; healthy where there are none
 * @param at when it was made
 * @param results the worst first, then by name
 */
public record Report(Word word, Instant at, List<CheckResult> results) {
  public Report {
    results = List.copyOf(results);
  }
}
