package org.ladang.breaker.provider;

import java.util.List;
import java.util.Locale;
import org.ladang.breaker.BreakerState;
import org.ladang.breaker.HealthScore;
import org.ladang.breaker.HealthScore.Term;
import org.ladang.breaker.Measures;

/** The health of a policy: 40 points for its breaker, 40 for success, 10 each for few retries and few refusals. */
final class Score {
  private Score() {}

  static HealthScore of(BreakerState state, Measures m) {
    double breaker =
        switch (state) {
          case CLOSED, DISABLED -> 40;
          case HALF_OPEN -> 20;
          case OPEN, FORCED_OPEN -> 0;
        };
    List<Term> terms =
        List.of(
            new Term("breaker", breaker, 40, "It is " + state + "."),
            new Term(
                "success",
                40 * m.successRate(),
                40,
                percent(m.successRate()) + " of the attempts of the last hour succeeded."),
            share("retries", m.retries(), m.calls(), "of the calls were tried again."),
            share("refusals", m.refused(), m.calls(), "of the calls were refused."));
    double sum = terms.stream().mapToDouble(Term::points).sum();
    return new HealthScore((int) Math.round(sum), terms);
  }

  private static Term share(String name, long some, long all, String what) {
    double share = all == 0 ? 0 : Math.min(1, (double) some / all);
    return new Term(name, 10 * (1 - share), 10, percent(share) + " " + what);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }
}
