package org.ladang.balancer.provider;

import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancer;
import org.ladang.balancer.Candidates;
import org.osgi.service.component.annotations.Component;

/**
 * One after the other, without looking at weights. One that warms is passed over with the chance that it lacks of its
 * full share.
 */
@Component(
    property = {
      Balancer.NAME + "=" + RoundRobin.NAMED,
      Balancer.TITLE + "=One after the other; looks neither at weights nor at load."
    })
public final class RoundRobin implements Balancer {
  static final String NAMED = "round-robin";

  private static final int FINE = 1 << 16;

  @Override
  public int pick(Candidates candidates, Ask ask) {
    int size = candidates.size();
    int index = 0;
    for (int tried = 0; tried < size; tried++) {
      index = (int) (candidates.next() % size);
      double ramp = candidates.get(index).ramp();
      if (ramp >= 1 || candidates.random(FINE) < ramp * FINE) {
        return index;
      }
    }
    return index;
  }
}
