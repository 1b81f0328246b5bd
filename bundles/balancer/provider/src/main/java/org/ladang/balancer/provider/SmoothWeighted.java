package org.ladang.balancer.provider;

import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancer;
import org.ladang.balancer.Candidates;
import org.osgi.service.component.annotations.Component;

/**
 * Smooth weighted round robin, as nginx does it (ngx_http_upstream_round_robin.c, commit 52327e0627f4, 2012): at each
 * step everybody's credit grows by its weight, the richest is picked and pays the sum of all weights. For weights 5, 1,
 * 1 that gives a a b a c a a and not a a a a a b c.
 *
 * <p>The sequence repeats itself after as many steps as the sum of the weights, so it is worked out once, off the path of
 * calls, and a pick is one step in a table. Weights are taken to a hundredth; a sequence of more than {@value #LONGEST}
 * steps is made coarser.
 */
@Component(
    property = {
      Balancer.NAME + "=" + SmoothWeighted.NAMED,
      Balancer.TITLE + "=By weight, evenly spread over time, as nginx does it."
    })
public final class SmoothWeighted implements Balancer {
  static final String NAMED = "smooth-weighted";
  static final int LONGEST = 4096;

  private static final double HUNDREDTHS = 100;

  @Override
  public int[] prepare(Candidates candidates) {
    int[] weights = weights(candidates);
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    int[] steps = new int[sum];
    long[] credit = new long[weights.length];
    for (int step = 0; step < sum; step++) {
      int richest = 0;
      for (int i = 0; i < weights.length; i++) {
        credit[i] += weights[i];
        if (credit[i] > credit[richest]) {
          richest = i;
        }
      }
      credit[richest] -= sum;
      steps[step] = richest;
    }
    return steps;
  }

  @Override
  public int pick(Candidates candidates, Ask ask) {
    int[] steps = candidates.table();
    return steps[(int) (candidates.next() % steps.length)];
  }

  /** As whole numbers without a common divisor, not too large together and none of them zero. */
  private static int[] weights(Candidates candidates) {
    int size = candidates.size();
    long[] exact = new long[size];
    long divisor = 0;
    long sum = 0;
    for (int i = 0; i < size; i++) {
      exact[i] = Math.max(1, Math.round(candidates.get(i).weight() * HUNDREDTHS));
      divisor = gcd(exact[i], divisor);
      sum += exact[i];
    }
    long longest = Math.max(LONGEST, 4L * size);
    int[] weights = new int[size];
    for (int i = 0; i < size; i++) {
      long reduced = exact[i] / divisor;
      weights[i] =
          (int)
              (sum / divisor <= longest
                  ? reduced
                  : Math.max(1, Math.round((double) exact[i] / sum * longest)));
    }
    return weights;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
