package org.ladang.breaker;

import java.util.List;

/**
 * How well it goes, from 0 to 100, as the sum of terms that are shown.
 *
 * @param score the sum
 * @param terms what it consists of
 */
public record HealthScore(int score, List<Term> terms) {
  /**
   * One term.
   *
   * @param name what it looks at
   * @param points what it gives
   * @param most what it could give
   * @param why as a sentence
   */
  public record Term(String name, double points, double most, String why) {}

  public HealthScore {
    terms = List.copyOf(terms);
  }
}
