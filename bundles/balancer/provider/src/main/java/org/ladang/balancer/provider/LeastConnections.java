package org.ladang.balancer.provider;

import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancer;
import org.ladang.balancer.Candidate;
import org.ladang.balancer.Candidates;
import org.osgi.service.component.annotations.Component;

/**
 * The one with fewer calls under way, for its weight, of {@linkplain TwoChoices two at random}; as the least request
 * policy of Envoy and the aperture balancers of Finagle do it.
 */
@Component(
    property = {
      Balancer.NAME + "=" + LeastConnections.NAMED,
      Balancer.TITLE + "=Of two at random, the one with fewer calls under way for its weight."
    })
public final class LeastConnections implements Balancer {
  static final String NAMED = "least-connections";

  @Override
  public int pick(Candidates candidates, Ask ask) {
    if (candidates.size() == 1) {
      return 0;
    }
    int first = TwoChoices.first(candidates);
    int second = TwoChoices.second(candidates, first);
    return cost(candidates.get(second)) < cost(candidates.get(first)) ? second : first;
  }

  private static double cost(Candidate candidate) {
    return (candidate.inFlight() + 1) / candidate.weight();
  }
}
