package org.ladang.balancer.provider;

import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancer;
import org.ladang.balancer.Candidate;
import org.ladang.balancer.Candidates;
import org.ladang.balancer.Outcome;
import org.osgi.service.component.annotations.Component;

/**
 * By response time: of {@linkplain TwoChoices two at random}, the one with the lower moving average of its latency times
 * calls under way. The average believes a slow answer at once and forgets it slowly (peak exponentially weighted moving
 * average), as in Twitter's Finagle, {@code com.twitter.finagle.loadbalancer.PeakEwma}, with its decay of 10 s.
 *
 * <p>One that was never measured and has a call under way is taken for very slow, so that a newcomer gets one call to
 * show itself by and is not flooded. Other than Finagle, a failure costs at least twice what the endpoint cost before
 * and at least {@value #FAILURE_MILLIS} ms: to fail fast must not attract calls.
 *
 * <p>Cost (a float, in nanoseconds) and the moment it was taken (units of 2^20 ns) share the candidate's one number, so
 * that both change together without a lock.
 */
@Component(
    property = {
      Balancer.NAME + "=" + PeakEwma.NAMED,
      Balancer.TITLE
          + "=By response time: peaks count at once and are forgotten within seconds; as in Finagle."
    })
public final class PeakEwma implements Balancer {
  static final String NAMED = "peak-ewma";

  private static final double DECAY_NANOS = 10e9;
  private static final int UNIT = 20;
  private static final int HALF = 32;
  private static final long LOW = 0xffffffffL;
  private static final long FAILURE_MILLIS = 100;
  private static final double FAILURE_NANOS = FAILURE_MILLIS * 1e6;

  /** What a call under way costs at somebody who was never measured: more than any latency. */
  private static final double PENALTY = 1e15;

  @Override
  public int pick(Candidates candidates, Ask ask) {
    if (candidates.size() == 1) {
      return 0;
    }
    int first = TwoChoices.first(candidates);
    int second = TwoChoices.second(candidates, first);
    long now = candidates.nanos();
    return load(candidates.get(second), now) < load(candidates.get(first), now) ? second : first;
  }

  @Override
  public void ended(Candidates candidates, Candidate candidate, Outcome outcome, long took) {
    if (outcome == Outcome.CANCELLED) {
      return;
    }
    long now = candidates.nanos();
    long before;
    long after;
    do {
      before = candidate.memory();
      double decay = decay(before, now);
      double cost = cost(before);
      double seen = took;
      if (outcome != Outcome.OK) {
        seen = Math.max(seen, Math.max(FAILURE_NANOS, 2 * cost * decay));
      }
      after = packed(seen > cost ? seen : cost * decay + seen * (1 - decay), now);
    } while (!candidate.memory(before, after));
  }

  private static double load(Candidate candidate, long now) {
    long memory = candidate.memory();
    int pending = candidate.inFlight();
    if (memory == 0) {
      return pending == 0 ? 0 : PENALTY + pending;
    }
    return cost(memory) * decay(memory, now) * (pending + 1) / candidate.weight();
  }

  private static double cost(long memory) {
    return Float.intBitsToFloat((int) memory);
  }

  private static double decay(long memory, long now) {
    int units = (int) (now >> UNIT) - (int) (memory >> HALF);
    return units <= 0 ? 1 : Math.exp(-((double) units * (1 << UNIT)) / DECAY_NANOS);
  }

  /** Never 0, which means that nothing was measured. */
  private static long packed(double cost, long now) {
    long units = now >> UNIT;
    long bits = Float.floatToRawIntBits((float) Math.max(1, cost)) & LOW;
    return units << HALF | bits;
  }
}
