package org.ladang.balancer.provider;

import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancer;
import org.ladang.balancer.Candidate;
import org.ladang.balancer.Candidates;
import org.osgi.service.component.annotations.Component;

/**
 * By what endpoints say of CPU, memory and queue. Of {@linkplain TwoChoices two at random}, each gets the call with a
 * chance in proportion to its room: what it has left, times its weight, divided by the calls that were given to it and
 * have not ended. A report is old when it is read; taking the better of two outright would make everybody run to whoever
 * reported an idle moment (Mitzenmacher, "How Useful Is Old Information?", IEEE TPDS 11(1), 2000; Dahlin, "Interpreting
 * Stale Load Information", 2000, which is where the proportion comes from). One that says nothing counts as half loaded.
 */
@Component(
    property = {
      Balancer.NAME + "=" + ResourceBased.NAMED,
      Balancer.TITLE + "=By the CPU, memory and queue that endpoints report."
    })
public final class ResourceBased implements Balancer {
  static final String NAMED = "resource-based";

  private static final double UNKNOWN = 0.5;
  private static final double LEAST = 0.01;
  private static final int FINE = 1 << 20;

  @Override
  public int pick(Candidates candidates, Ask ask) {
    if (candidates.size() == 1) {
      return 0;
    }
    int first = TwoChoices.first(candidates);
    int second = TwoChoices.second(candidates, first);
    double room = room(candidates.get(first));
    double other = room(candidates.get(second));
    return candidates.random(FINE) * (room + other) < room * FINE ? first : second;
  }

  private static double room(Candidate candidate) {
    double load = candidate.load();
    double left = Math.max(LEAST, 1 - (load < 0 ? UNKNOWN : load));
    return left * candidate.weight() / (candidate.inFlight() + 1);
  }
}
