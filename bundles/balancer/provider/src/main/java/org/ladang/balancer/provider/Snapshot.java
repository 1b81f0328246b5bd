package org.ladang.balancer.provider;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.ladang.balancer.Balancer;
import org.ladang.balancer.Candidate;
import org.ladang.balancer.Candidates;
import org.ladang.kernel.Clock;

/** The target array of a pool at one moment: never changed, only replaced. */
final class Snapshot implements Candidates {
  final Balancer balancer;
  final Map<String, Target> byId;
  final AtomicBoolean unfit = new AtomicBoolean();
  private final Target[] targets;
  private final Target[] known;
  private final Shared shared;
  private final double weights;
  private int[] table = {};

  /** What all snapshots of a pool have in common. */
  record Shared(Clock clock, Dice dice, AtomicLong cursor, AtomicInteger inFlight) {}

  Snapshot(
      Balancer balancer,
      List<Target> targets,
      List<Target> known,
      Map<String, Target> byId,
      Shared shared) {
    this.balancer = balancer;
    this.targets = targets.toArray(Target[]::new);
    this.known = known.toArray(Target[]::new);
    this.byId = byId;
    this.shared = shared;
    double sum = 0;
    for (Target target : targets) {
      sum += target.weight();
    }
    weights = sum;
  }

  /** Lets the algorithm work out its table, before anybody else sees this. */
  void prepare() {
    if (targets.length > 0) {
      table = balancer.prepare(this);
    }
  }

  Target target(int index) {
    return targets[index];
  }

  @Override
  public int size() {
    return targets.length;
  }

  @Override
  public Candidate get(int index) {
    return targets[index];
  }

  @Override
  public int known() {
    return known.length;
  }

  @Override
  public Candidate known(int index) {
    return known[index];
  }

  @Override
  public double weights() {
    return weights;
  }

  @Override
  public int inFlight() {
    return shared.inFlight.get();
  }

  @Override
  public long next() {
    return shared.cursor.getAndIncrement() & Long.MAX_VALUE;
  }

  @Override
  public int random(int bound) {
    return shared.dice.below(bound);
  }

  @Override
  public long nanos() {
    return shared.clock.nanos();
  }

  @Override
  public int[] table() {
    return table;
  }
}
