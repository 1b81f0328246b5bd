package org.ladang.breaker.provider;

import org.ladang.breaker.Adaptive;

/**
 * Finds how many calls at a time somebody can take. AIMD (Chiu and Jain 1989): one more for each round of calls while all
 * is well and at least half the limit is used, a tenth less after a failure or a late answer, once a round: those that
 * were under way then say nothing new. Gradient (Netflix' concurrency-limits, {@code Gradient2Limit}): the limit follows
 * the ratio of the usual to the present response time, with room for a queue of four; it looks once a round. Safe for any
 * thread.
 */
final class AdaptiveLimit {
  private static final double FIRST = 20;
  private static final double MOST = 1000;
  private static final double BACK_OFF = 0.9;
  private static final double TOLERANCE = 1.5;
  private static final double SMOOTHING = 0.2;
  private static final double QUEUE = 4;
  private static final double LONG_WINDOW = 600;
  private static final double WARM_UP = 10;

  private final Adaptive way;
  private final long slowNanos;
  private final double most;
  private double limit;
  private double usual;
  private double sum;
  private double round;
  private int inRound;
  private int seen;
  private int underWay;
  // So many of those under way began before the limit was last taken down.
  private int settling;

  /**
   * @param most the limit becomes no greater; 0 for 1,000
   */
  AdaptiveLimit(Adaptive way, int most, long slowNanos) {
    this.way = way;
    this.most = most == 0 ? MOST : most;
    this.slowNanos = slowNanos;
    this.limit = Math.min(FIRST, this.most);
  }

  /** Counts a call in; false when there are as many already as the limit allows. */
  synchronized boolean enter(boolean observe) {
    if (!observe && underWay >= (int) limit) {
      return false;
    }
    underWay++;
    return true;
  }

  /** Counts a call out that says nothing. */
  synchronized void leave() {
    underWay--;
  }

  /** Counts a call out and learns from it. */
  synchronized void leave(boolean failed, long took) {
    double next =
        way == Adaptive.AIMD ? aimd(failed, took) : failed ? limit : gradient(Math.max(1, took));
    limit = Math.max(1, Math.min(most, next));
    underWay--;
  }

  synchronized int limit() {
    return (int) limit;
  }

  private double aimd(boolean failed, long took) {
    if (failed || took >= slowNanos) {
      boolean told = settling > 0;
      settling = told ? settling - 1 : underWay - 1;
      return told ? limit : limit * BACK_OFF;
    }
    settling = Math.max(0, settling - 1);
    return underWay * 2 >= limit ? limit + 1 / limit : limit;
  }

  private double gradient(long one) {
    round += one;
    inRound++;
    if (inRound < Math.max(WARM_UP, limit / 2)) {
      return limit;
    }
    double took = round / inRound;
    round = 0;
    inRound = 0;
    if (seen < WARM_UP) {
      seen++;
      sum += took;
      usual = sum / seen;
    } else {
      double factor = 2 / (LONG_WINDOW + 1);
      usual = usual * (1 - factor) + took * factor;
    }
    if (usual / took > 2) {
      usual *= 0.95; // It is over: come down from the long times faster than the window does.
    }
    if (underWay < limit / 2) {
      return limit; // The caller is the limit; nothing is learnt of the called.
    }
    double gradient = Math.max(0.5, Math.min(1, TOLERANCE * usual / took));
    return limit * (1 - SMOOTHING) + (limit * gradient + QUEUE) * SMOOTHING;
  }
}
