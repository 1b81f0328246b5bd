package org.ladang.balancer.provider;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ladang.balancer.Balancer;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.State;

/** The real balancer room with all its algorithms, as Declarative Services would put it together. */
public final class BalancerRooms {
  private BalancerRooms() {}

  /** With chance that a seed repeats. */
  public static BalancerRoom open(
      Clock clock, Scheduler scheduler, Events events, State state, State counts, long seed) {
    Random random = new Random(seed);
    BalancerRoom room =
        new BalancerRoom(
            clock,
            random::nextInt,
            scheduler,
            events,
            new Wishes(state),
            new Ledger(counts, clock, "1"));
    Map<String, Balancer> all =
        Map.of(
            RoundRobin.NAMED, new RoundRobin(),
            SmoothWeighted.NAMED, new SmoothWeighted(),
            LeastConnections.NAMED, new LeastConnections(),
            ResourceBased.NAMED, new ResourceBased(),
            PeakEwma.NAMED, new PeakEwma(),
            ConsistentHash.NAMED, new ConsistentHash(),
            Geographic.NAMED, new Geographic());
    for (String name : List.copyOf(all.keySet())) {
      room.bindAlgorithm(all.get(name), Map.of(Balancer.NAME, name));
    }
    return room;
  }
}
